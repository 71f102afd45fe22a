"""Logs what it is given on standard input, in every way that code of this service and of libraries logs.

`python -m tests.comments_service.cli.logging_program json|console` with a JSON list of texts.
"""

import json
import logging
import sys
import warnings
from typing import Literal, cast

import structlog

from comments_service.cli.logs import configure_logs
from comments_service.settings import load_settings


def main(form: Literal["json", "console"], texts: list[str]) -> None:
    configure_logs(load_settings(secret_key="x" * 40, log_format=form))
    ours, theirs = structlog.get_logger("ours"), logging.getLogger("theirs")
    for text in texts:
        ours.info(f"said {text}", rows=3)
        ours.warning("said", by=text, deep={"list": [text, 1], text: None})
        theirs.error("said %s", text)
        theirs.error("said", extra={"by": text})
        warnings.warn(f"said {text}", stacklevel=1)
        try:
            raise ValueError(text)
        except ValueError:
            theirs.exception("it broke")
            ours.exception("it broke")


if __name__ == "__main__":
    main(cast(Literal["json", "console"], sys.argv[1]), json.load(sys.stdin))

"""The least that a WSGI server can serve: one function that returns the bytes of a file, with the headers beside them.

It runs under the same server with the same settings as the service, so it is the ceiling of what Python can answer
there. BENCH_ANSWER names a JSON file {"headers": [[name, value]…], "body": base64}.
"""

import base64
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

_ANSWER = json.loads(Path(os.environ["BENCH_ANSWER"]).read_text())
_BODY = base64.b64decode(_ANSWER["body"])
_HEADERS = [(name, value) for name, value in _ANSWER["headers"]]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", _HEADERS)
    return [_BODY]

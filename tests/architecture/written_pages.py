"""The pages that are written by a program: docs/settings.md, docs/openapi.json, the list of decisions in docs/adr, and
the table of docs/privacy.md.

`python -m tests.architecture.written_pages` writes them; with --check it names those that are behind the code and
changes nothing.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel
from pydantic.fields import FieldInfo

from comments_service.persons.data_map import PERSONAL
from comments_service.settings import Settings, SiteSettings, load_settings
from tests.architecture.tracked_files import ROOT

DECISIONS = ROOT / "docs" / "adr"
DECISIONS_HEAD = """# Decisions

One page each: what stood in question, which ways there were, what was decided and what follows from it. A decision
that is taken back keeps its page, with a line at its top that names the one that replaced it.
`make docs` writes this list.

"""
SETTINGS_HEAD = """# Settings

This page is written by `make docs` from `comments_service/settings.py`; change it there.

## Of the installation

Read from the environment when a process starts. A wrong value stops the start with one line that names the setting.

"""
SITE_HEAD = """
## Of a site

Every site starts from these. `COMMENTS_SITE_DEFAULTS` changes them for the whole installation, as a JSON object
(`COMMENTS_SITE_DEFAULTS='{"max_links": 1}'`); `comments-service site set SITE max_links=1` changes it for one site.

"""

PRIVACY = ROOT / "docs" / "privacy.md"
PRIVACY_MARKS = ("<!-- The data map: written by `make docs` -->\n", "<!-- End of the data map -->\n")


def settings_page() -> str:
    return SETTINGS_HEAD + _table(Settings, _environment_names) + SITE_HEAD + _table(SiteSettings, lambda name, _: name)


def openapi_document() -> str:
    """What the service answers at /api/v1/openapi.json, for an installation with a public address."""
    from comments_service.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder), base_url="https://comments.example")
        answer = create_app(settings).test_client().get("/api/v1/openapi.json", base_url=settings.base_url)
    if answer.status_code != 200:
        raise RuntimeError(f"/api/v1/openapi.json answered {answer.status}")
    return json.dumps(answer.get_json(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def decisions_page() -> str:
    pages = sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")
    titles = [path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for path in pages]
    lines = [f"- [{title}]({path.name})" for title, path in zip(titles, pages, strict=True)]
    return DECISIONS_HEAD + "\n".join(lines) + "\n"


def privacy_page() -> str:
    """The page as it is, with the table that the data map makes between its marks."""
    before, begin, rest = PRIVACY.read_text(encoding="utf-8").partition(PRIVACY_MARKS[0])
    _, end, after = rest.partition(PRIVACY_MARKS[1])
    rows = [
        f"| {kept.table} | {' '.join(f'`{name}`' for name in kept.columns.split())} | {kept.what} | {kept.why} |"
        f" {kept.how_long} |"
        for kept in PERSONAL
    ]
    head = ["| table | columns | what it is | why it is kept | how long |", "| --- | --- | --- | --- | --- |"]
    return before + begin + "\n".join([*head, *rows]) + "\n" + end + after


PAGES: dict[Path, Callable[[], str]] = {
    ROOT / "docs" / "settings.md": settings_page,
    ROOT / "docs" / "openapi.json": openapi_document,
    DECISIONS / "README.md": decisions_page,
    PRIVACY: privacy_page,
}


def stale_pages() -> list[str]:
    """The pages, from the root, that are not what the code says."""
    return [
        str(path.relative_to(ROOT))
        for path, write in PAGES.items()
        if not path.exists() or path.read_text(encoding="utf-8") != write()
    ]


def _table(model: type[BaseModel], name_of: Callable[[str, FieldInfo], str]) -> str:
    rows = [
        f"| `{name_of(name, field)}` | {_default(field)} | {_allowed(field)} | {_one_line(field.description or '')} |"
        for name, field in model.model_fields.items()
    ]
    return "\n".join(["| setting | default | allowed | what it does |", "| --- | --- | --- | --- |", *rows]) + "\n"


def _environment_names(name: str, field: FieldInfo) -> str:
    if isinstance(field.validation_alias, AliasChoices):
        return "` or `".join(str(choice) for choice in field.validation_alias.choices)
    return f"COMMENTS_{name.upper()}"


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is None or value in ("", ()) or isinstance(value, BaseModel):
        return "empty"
    if isinstance(value, bool):
        return "on (`true`)" if value else "off (`false`)"
    return f"`{json.dumps(list(value)) if isinstance(value, tuple) else value}`"


def _allowed(field: FieldInfo) -> str:
    limits = list(_limits(field.metadata))
    if limits:
        return ", ".join(limits)
    choices = [choice for choice in getattr(field.annotation, "__args__", ()) if isinstance(choice, str)]
    return " ".join(f"`{choice}`" for choice in choices)


def _limits(metadata: list[Any]) -> Iterator[str]:
    for sign, attribute in (("≥", "ge"), (">", "gt"), ("≤", "le"), ("<", "lt")):
        yield from (f"{sign} {getattr(one, attribute)}" for one in metadata if hasattr(one, attribute))


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        stale = stale_pages()
        for name in stale:
            sys.stderr.write(f"{name} is not what the code says; `make docs` writes it anew.\n")
        return 1 if stale else 0
    for path, write in PAGES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

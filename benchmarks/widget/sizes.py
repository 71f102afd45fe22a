"""Bytes that a page loads for its comments, each file by gzip -9: the widget, Isso, and the clients of `packages`."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.servers import ROOT
from benchmarks.widget.packages import NotToBeHad, clients

OURS = ROOT / "comments_service" / "widget" / "dist"
ISSO = ROOT / "build" / "isso"
ISSO_LOADS = ("js/embed.min.js", "css/isso.css")


def measure() -> dict[str, Any]:
    """{"first": what stands before the first comment, "later": what comes when it is needed, "absent": {name: why}}."""
    found = [_load("ours", _ours("embed.js"))]
    absent: dict[str, str] = {}
    rivals: list[tuple[str, Callable[[], dict[str, bytes]]]] = [("Isso", _isso)]
    rivals += [(f"{client.name} {client.version}", client.read) for client in clients()]
    for name, read in rivals:
        try:
            found.append(_load(name, read()))
        except NotToBeHad as why:
            absent[name] = str(why)
    return {"first": found, "later": _later(), "absent": absent}


def _ours(*files: str) -> dict[str, bytes]:
    return {file: (OURS / file).read_bytes() for file in files}


def _later() -> list[dict[str, Any]]:
    """Each chunk of the widget, and its largest language besides English, which is in the first load."""
    chunks = sorted(file for file in OURS.glob("*.js") if file.name not in ("embed.js", "index.js"))
    languages = sorted(OURS.glob("texts/*.json"), key=lambda file: file.stat().st_size)
    files = [str(file.relative_to(OURS)) for file in [*chunks, *languages[-1:]]]
    return [_load("ours, when needed", _ours(file)) for file in files]


def _isso() -> dict[str, bytes]:
    package = next(ISSO.glob("lib/python*/site-packages/isso"), None)
    if package is None:
        raise NotToBeHad("build/isso is missing; `make bench` builds it")
    return {Path(file).name: (package / file).read_bytes() for file in ISSO_LOADS}


def _load(name: str, files: dict[str, bytes]) -> dict[str, Any]:
    """A row: whose, which files, their bytes as they are and after gzip -9 of each alone."""
    packed = sum(len(gzip.compress(content, compresslevel=9, mtime=0)) for content in files.values())
    plain = sum(len(content) for content in files.values())
    return {"name": name, "files": " + ".join(files), "bytes": plain, "gzip_9_bytes": packed}

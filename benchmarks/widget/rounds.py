"""Which visits make the figures: threads of 100 and 1,000 comments, the clients in turn, medians over the rounds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser

from benchmarks.servers import get, isso
from benchmarks.service import PUBLISH_ALL, SITE, service
from benchmarks.widget.pages import DRAWN, ISSO, OURS, Publisher, publisher
from benchmarks.widget.paint import NoBrowser, Visit, chromium, cold_and_warm
from benchmarks.widget.threads import fill_isso, fill_ours, written

SIZES = (100, 1000)
# A phone of the middle class is some four times slower than the machines that pages are written on.
SCENES = ((100, 1), (100, 4), (1000, 4))


@dataclass(frozen=True, slots=True)
class Scene:
    """A thread's size, how much the processor is slowed, and the article's address by client."""

    comments: int
    slowed: int
    addresses: dict[str, str]


def measure(folder: Path, rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """{"browser", "scenes": [{"comments", "slowed", "results": {client: {"cold", "warm"}}, "share_of_isso"}]}.

    {"not_measured": why} where there is no browser.
    """
    try:
        with chromium() as browser, _articles(folder, say) as articles:
            scenes = [Scene(comments, slowed, articles[comments]) for comments, slowed in SCENES]
            return {"browser": browser.version, "scenes": [_figures(browser, scene, rounds, say) for scene in scenes]}
    except NoBrowser as why:
        return {"not_measured": str(why)}


@contextmanager
def _articles(folder: Path, say: Callable[[str], None]) -> Iterator[dict[int, dict[str, str]]]:
    """Addresses by client, by the thread's size; both services hold the threads and run."""
    for name in ("service", "isso"):
        (folder / name).mkdir()
    with publisher() as site:
        parts = ("web", "worker", "relay")
        with (
            service(folder / "service", PUBLISH_ALL, parts, site.origin) as ours,
            isso(folder / "isso", site.origin) as theirs,
        ):
            found = {size: _addresses(site, size, ours.server.port, theirs.port) for size in SIZES}
            for size, thread in zip(SIZES, written(*SIZES), strict=True):
                say(f"writing {size} comments to both")
                fill_ours(ours, found[size]["ours"], thread)
                fill_isso(theirs, f"/isso-{size}", thread)
                found[size]["ours, drawn"] = _drawn(site, found[size]["ours"], size, ours.server.port)
            for part in ("worker", "relay"):
                ours.server.stop(part)  # they have nothing more to do, and share the cores
            yield found


def _addresses(site: Publisher, size: int, ours: int, theirs: int) -> dict[str, str]:
    return {
        "ours": site.add(f"/ours-{size}", OURS, service=f"http://127.0.0.1:{ours}", site=SITE),
        "Isso": site.add(f"/isso-{size}", ISSO, service=f"http://127.0.0.1:{theirs}"),
    }


def _drawn(site: Publisher, thread: str, size: int, ours: int) -> str:
    """The article once more, with the thread's first page put into it by the publisher's own server."""
    _, fragment = get(ours, f"/sites/{SITE}/fragment?url={quote(thread, safe='')}")
    return site.add(f"/drawn-{size}", DRAWN, service=f"http://127.0.0.1:{ours}", fragment=fragment.decode())


def _figures(browser: Browser, scene: Scene, rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """The first round warms up the servers and is not counted."""
    found: dict[str, list[tuple[Visit, Visit]]] = {name: [] for name in scene.addresses}
    for turn in range(rounds + 1):
        say(f"{scene.comments} comments, processor slowed {scene.slowed}x, round {turn} of {rounds}")
        for name, url in scene.addresses.items():
            visits = cold_and_warm(browser, url, scene.slowed)
            if turn:
                found[name].append(visits)
    kinds = {"cold": 0, "warm": 1}
    return {
        "comments": scene.comments,
        "slowed": scene.slowed,
        "results": {
            name: {kind: _medians([pair[place] for pair in pairs]) for kind, place in kinds.items()}
            for name, pairs in found.items()
        },
        "share_of_isso": {
            name: {kind: _share(pairs, found["Isso"], place) for kind, place in kinds.items()}
            for name, pairs in found.items()
            if name != "Isso"
        },
    }


def _share(mine: list[tuple[Visit, Visit]], theirs: list[tuple[Visit, Visit]], place: int) -> float:
    pairs = zip(mine, theirs, strict=True)
    return median(one[place].first_comment_ms / other[place].first_comment_ms for one, other in pairs)


def _medians(visits: list[Visit]) -> dict[str, float]:
    rows = [asdict(visit) for visit in visits]
    return {figure: median(row[figure] for row in rows) for figure in rows[0]}

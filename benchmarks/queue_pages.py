"""What a page of the moderation queue costs with 1,000,000 comments stored, beside 10,000; SQLite and PostgreSQL.

Each figure is the p95 of one page's statements (comments, what is known of them, and for `counts` the numbers beside
the views), the median of several rounds. The ratio says what a hundred times as many comments cost.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.many_comments import WORDS, fill
from comments_service.moderation.queue import waiting
from comments_service.moderation.queue_filters import read_filters
from comments_service.moderation.queue_order import ORDERS, SORTS
from comments_service.moderation.queue_views import VIEWS, count_views
from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import load_settings
from comments_service.storage.engine import open_engine
from comments_service.storage.schema import upgrade
from comments_service.storage.tables import Comment
from tests.stacks.servers import new_postgres_database

FEW, MANY = 10_000, 1_000_000
_PAGES = 20  # in one round
_OTHERS = {
    "search: a frequent word": ("all", {"q": WORDS[0]}),
    "search: a middling word": ("all", {"q": WORDS[200]}),
    "search: a rare word": ("all", {"q": WORDS[-1]}),
    "search: two words": ("all", {"q": f"{WORDS[3]} {WORDS[30]}"}),
    "search: a beginning of two letters": ("all", {"q": WORDS[50][:2]}),
    "search: a frequent word that waits": ("pending", {"q": WORDS[0]}),
    "filter: article": ("all", {"thread_of": "bench77"}),
    "filter: author": ("all", {"author": "bench77"}),
    "filter: name": ("approved", {"name": WORDS[9]}),
    "filter: a rare language": ("approved", {"language": "eo"}),
    "filter: score": ("pending", {"label": "spam", "least": "95"}),
    "filter: a rare reason": ("spam", {"reason": "links"}),
    "filter: age": ("approved", {"to": "2026-03-01"}),
}


@dataclass(frozen=True)
class Case:
    """One page to be timed."""

    view: str
    sort: str = "first"
    filters: dict[str, str] | None = None
    deep: bool = False


def measure(
    folder: Path, rounds: int, tell: Callable[[str], None], sizes: tuple[int, int] = (FEW, MANY)
) -> dict[str, Any]:
    """Milliseconds by database, case and size, with the ratio; `filled_s` is how long filling took."""
    return {name: _one_database(folder / name, name, rounds, tell, sizes) for name in ("sqlite", "postgresql")}


def _one_database(
    folder: Path, name: str, rounds: int, tell: Callable[[str], None], sizes: tuple[int, int]
) -> dict[str, Any]:
    by_size, filled = {}, {}
    for size in sizes:
        tell(f"{name}, filling with {size:,} comments")
        begun = time.perf_counter()
        runtime = _filled(folder / str(size), size, new_postgres_database() if name == "postgresql" else "")
        filled[str(size)] = round(time.perf_counter() - begun, 1)
        tell(f"{name}, pages of {size:,} comments")
        by_size[size] = _timed(runtime, rounds)
    few, many = (by_size[size] for size in sizes)
    pages = {
        case: {"few_ms": few[case], "many_ms": many[case], "ratio": round(many[case] / few[case], 2)} for case in few
    }
    return {"filled_s": filled, "pages": pages, "worst_ratio": max(row["ratio"] for row in pages.values())}


def _filled(folder: Path, size: int, url: str) -> Runtime:
    folder.mkdir(parents=True)
    settings = load_settings(data_dir=folder, secret_key="b" * 40, database_url=url)
    engine = open_engine(settings.sqlalchemy_url)
    upgrade(engine)
    runtime = open_runtime(settings)
    fill(engine, runtime.vault, size)
    engine.dispose()
    return runtime


def _cases() -> dict[str, Case]:
    return {
        **{f"view {view}": Case(view) for view in VIEWS},
        **{f"order {sort}, first page": Case("approved", sort) for sort in SORTS},
        **{f"order {sort}, in the middle": Case("approved", sort, deep=True) for sort in SORTS},
        **{name: Case(view, "newest", filters) for name, (view, filters) in _OTHERS.items()},
    }


def _timed(runtime: Runtime, rounds: int) -> dict[str, float]:
    found = {}
    with runtime.reading() as session:
        for name, case in _cases().items():
            found[name] = _median_p95(_page(session, runtime, case), rounds)
        found["counts"] = _median_p95(lambda: count_views(session, [1]), rounds)
    return found


def _page(session: Session, runtime: Runtime, case: Case) -> Callable[[], object]:
    cursor = _middle(session, case) if case.deep else None
    filters = read_filters(case.filters or {}, runtime.clock())
    common: dict[str, Any] = {"vault": runtime.vault, "site_ids": [1], "filters": filters}
    return lambda: waiting(session, status=case.view, sort=case.sort, cursor=cursor, **common)


def _middle(session: Session, case: Case) -> str:
    """The cursor behind the comment that has as many before as behind it in this order."""
    order = ORDERS[case.sort]
    numbers = order.put(select(*order.keys).where(Comment.status == case.view))
    middle = len(session.execute(select(Comment.id).where(Comment.status == case.view)).all()) // 2
    return order.write(tuple(session.execute(numbers.offset(middle).limit(1)).one()))


def _median_p95(act: Callable[[], object], rounds: int) -> float:
    return round(median(_p95(act) for _ in range(rounds)), 2)


def _p95(act: Callable[[], object]) -> float:
    act()
    times = []
    for _ in range(_PAGES):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    return sorted(times)[int(0.95 * (_PAGES - 1))]

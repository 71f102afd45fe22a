"""Does any site at all come back from its own export?"""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments_service.exporters.jsonl import export_site
from comments_service.importers.jsonl import read
from comments_service.importers.take_in import take_in
from comments_service.storage.tables import Base
from tests.comments_service.exporters.installations import Installation
from tests.comments_service.importers.files import SECOND, Lines, as_file, comment, end, header, thread

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60)
SOURCE = TEXT.filter(lambda text: text.strip() != "")
MOMENT = st.integers(0, 10**15).map(
    lambda us: f"{(NOW + timedelta(microseconds=us)).replace(tzinfo=None).isoformat('T', 'microseconds')}Z"
)


@st.composite
def sites(draw: st.DrawFn) -> Lines:
    """A header, two threads and up to 12 comments, each of which may hang below an earlier one of its thread."""
    lines: Lines = [header(), thread(), thread(SECOND, "Ferry")]
    by_thread: dict[str, list[str]] = {}
    for number in range(draw(st.integers(0, 12))):
        line = comment(
            str(number), status=draw(st.sampled_from(["pending", "approved", "rejected", "spam", "deleted"]))
        )
        line["thread"] = draw(st.sampled_from([SECOND, line["thread"]]))
        line["created_at"] = draw(MOMENT)
        if line["status"] != "deleted":
            line["source"] = draw(SOURCE)
        above = by_thread.setdefault(line["thread"], [])
        parent = draw(st.none() | st.sampled_from(above)) if above else None
        above.append(line["id"])
        lines.append(_in_order(line | ({"parent": parent} if parent else {})))
    return [*lines, end(lines)]


def _in_order(line: dict[str, Any]) -> dict[str, Any]:
    first = {name: line[name] for name in ("kind", "id", "thread", "parent") if name in line}
    return first | {name: value for name, value in line.items() if name not in first}


def empty(installation: Installation) -> None:
    with installation.runtime.transaction() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in ("sites", "decisions"):
                session.execute(table.delete())


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=sites())
def test_any_site_comes_back_from_its_export(installation: Installation, lines: Lines) -> None:
    if not installation.command("site", "list").stdout.count(b"demo"):
        installation.add_site()
    empty(installation)
    content = as_file(lines)
    report = take_in(
        read(BytesIO(content)),
        site_key="demo",
        vault=installation.runtime.vault,
        now=NOW,
        transaction=installation.runtime.transaction,
    )
    assert report.remarks == []
    with installation.runtime.reading() as session:
        back = "".join(f"{line}\n" for line in export_site(session, "demo"))
    assert back == content.decode()

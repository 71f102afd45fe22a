"""Is every column of the database accounted for, and does docs/privacy.md say what the data map says?"""

from collections import Counter

from comments_service.persons.data_map import NOT_PERSONAL, PERSONAL
from comments_service.storage.tables import Base
from tests.architecture.tracked_files import ROOT
from tests.architecture.written_pages import privacy_page

MAPPED = [f"{kept.table}.{column}" for kept in PERSONAL for column in kept.columns.split()]
REST = [f"{table}.{column}" for table, columns in NOT_PERSONAL.items() for column in columns.split()]


def test_every_column_is_said_to_be_personal_or_not() -> None:
    columns = {f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns}
    assert columns - {*MAPPED, *REST} == set(), "say in persons/data_map.py what they hold of whom, why and how long"
    assert {*MAPPED, *REST} - columns == set(), "these are no columns any more"
    assert [column for column, times in Counter([*MAPPED, *REST]).items() if times > 1] == []


def test_every_entry_says_what_why_and_how_long() -> None:
    assert [kept for kept in PERSONAL if not (kept.what and kept.why and kept.how_long)] == []


def test_the_privacy_page_is_what_the_data_map_says() -> None:
    assert (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8") == privacy_page(), "run `make docs`"

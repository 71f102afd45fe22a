"""Do the migrations make what the models say, up and down, on every database; is the log of decisions append-only?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from comments_service.migrations import VERSION_TABLE
from comments_service.storage.engine import open_engine
from comments_service.storage.schema import current, downgrade, is_current, upgrade
from comments_service.storage.tables import Base
from tests.comments_service.web.newsroom import Newsroom
from tests.stacks.servers import new_postgres_database


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    url = new_postgres_database() if request.param == "postgresql" else f"sqlite:///{tmp_path / 'empty.db'}"
    made = open_engine(url)
    yield made
    made.dispose()


def is_of_words(name: str | None) -> bool:
    """The index of words is the database's own: no model knows it."""
    return str(name) in {"words", "ix_comments_words"} or str(name).startswith("comment_words")


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        options = {
            **{"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True},
            "include_name": lambda name, _kind, _parents: not is_of_words(name),
        }
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


def shape(engine: Engine) -> dict[str, object]:
    found = inspect(engine)
    return {
        table: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table)],
            sorted(str(index["name"]) for index in found.get_indexes(table)),
            sorted(str(check["name"]) for check in found.get_check_constraints(table)),
            sorted(str(unique["name"]) for unique in found.get_unique_constraints(table)),
        )
        for table in found.get_table_names()
        if not is_of_words(table)
    }


def test_up_down_and_up_again_is_what_the_models_say(engine: Engine) -> None:
    assert current(engine) is None
    upgrade(engine)
    assert is_current(engine)
    assert differences(engine) == []
    first = shape(engine)
    assert set(first) == {*Base.metadata.tables, VERSION_TABLE}
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {VERSION_TABLE}
    assert current(engine) is None
    upgrade(engine)
    upgrade(engine)
    assert shape(engine) == first
    assert differences(engine) == []


def test_constraints_carry_the_models_names(engine: Engine) -> None:
    upgrade(engine)
    checks = {name for _, _, names, _ in shape(engine).values() for name in names}  # type: ignore[attr-defined]
    meant = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }
    assert checks == meant


@pytest.mark.parametrize("statement", ["UPDATE decisions SET reason = 'x'", "DELETE FROM decisions"])
def test_a_decision_stands_for_ever(any_newsroom: Newsroom, statement: str) -> None:
    any_newsroom.approved()
    before = any_newsroom.run_sql("SELECT * FROM decisions")
    with pytest.raises(DBAPIError):
        any_newsroom.run_sql(statement)
    assert any_newsroom.run_sql("SELECT * FROM decisions") == before


def test_a_machine_decides_a_revision_once(any_newsroom: Newsroom) -> None:
    any_newsroom.approved()
    with pytest.raises(DBAPIError):
        any_newsroom.run_sql(
            "INSERT INTO decisions (comment_id, site_id, revision, action, from_status, to_status, actor, reason, note,"
            " created_at)"
            " SELECT comment_id, site_id, revision, 'spam', to_status, 'spam', actor, '', '', created_at FROM decisions"
        )


@pytest.mark.parametrize(
    "change", ["status = 'published'", "awaits = 'robot'", "status = 'spam', awaits = 'machine'", "thread_id = 999"]
)
def test_states_that_must_not_be_cannot_be_stored(any_newsroom: Newsroom, change: str) -> None:
    any_newsroom.posted()
    with pytest.raises(DBAPIError):
        any_newsroom.run_sql(f"UPDATE comments SET {change}")


def test_sqlite_is_set_up_to_keep_what_it_acknowledged(newsroom: Newsroom) -> None:
    with newsroom.app.app_context(), newsroom.runtime.reading() as session:
        pragmas = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert pragmas == {
        **{"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "secure_delete": 1}
    }

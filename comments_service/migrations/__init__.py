"""Schema versions, run through Alembic with a version table of our own (a host's Alembic stays untouched).

Works on a connection it is given; opening databases is `storage`'s work. Migrations only ever add in one release what
the next one relies on, so that old and new processes can run side by side.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

VERSION_TABLE = "comments_alembic_version"


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema up to `revision`; does nothing when it is there already."""
    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the schema down to `revision` ("base" = empty)."""
    command.downgrade(_config(connection), revision)


def current(connection: Connection) -> str | None:
    """The revision the database is at; None for an empty one."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def newest() -> str:
    """The revision this code needs."""
    head = ScriptDirectory(str(Path(__file__).parent)).get_current_head()
    assert head is not None, "the package ships at least one migration"
    return head

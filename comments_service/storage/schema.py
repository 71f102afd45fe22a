"""Brings a database's schema to what this code needs, and tells how far it is. The steps live in `migrations`."""

from sqlalchemy import Connection, Engine, text

from comments_service import migrations

# Any constant will do; it only has to be the same in every process of this service.
_MIGRATION_LOCK = 0x636F6D6D


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Upgrade in one transaction. Two processes starting at once do it one after the other."""
    with engine.connect() as connection:
        _lock(connection)
        migrations.upgrade(connection, revision)
        connection.commit()


def downgrade(engine: Engine, revision: str) -> None:
    with engine.connect() as connection:
        _lock(connection)
        migrations.downgrade(connection, revision)
        connection.commit()


def current(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return migrations.current(connection)


def is_current(engine: Engine) -> bool:
    return current(engine) == migrations.newest()


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
    else:
        connection.execution_options(writing=True)
        connection.begin()

"""One indexed row, looked up at the least cost: what lets kept answers and kept sites be checked every time."""

import threading
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError


class QuickLook:
    """Looks rows up past SQLAlchemy's sessions. On SQLite each thread keeps a connection of its own for it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._local = threading.local()

    def row(self, query: str, value: Any) -> tuple[Any, ...] | None:
        """The row that `query` finds for its one `?`; None where there is none, or where the database cannot answer.

        Whoever asks then takes the long road, which answers with a proper error if it must.
        """
        try:
            if self._engine.dialect.name != "sqlite":
                with self._engine.connect() as connection:
                    found = connection.exec_driver_sql(query.replace("?", "%s"), (value,)).one_or_none()
                    return tuple(found) if found is not None else None
            cursor = self._own_connection().execute(query, (value,))
            row: tuple[Any, ...] | None = cursor.fetchone()
            cursor.close()
            return row
        except (SQLAlchemyError, OSError, self._engine.dialect.loaded_dbapi.Error):
            return None

    def _own_connection(self) -> Any:
        # A file of SQLite is open in this thread anyway; borrowing from the pool would cost more than the look itself.
        connection = getattr(self._local, "connection", None)
        if connection is None:
            pooled = self._engine.raw_connection()
            connection = pooled.dbapi_connection
            pooled.detach()
            self._local.connection = connection
        return connection

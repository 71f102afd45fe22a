"""Who may do what at the desk, route by route: one module a part of the desk, each with its ROWS by endpoint.

`test_desk_access` sends every row as every kind of caller, and fails for a route of the desk that has none.
"""

from importlib import import_module
from pkgutil import iter_modules

from tests.comments_service.moderation.access_rows.row import Row

TABLE: dict[str, Row] = {}
for _part in iter_modules(__path__):
    TABLE.update(getattr(import_module(f"{__name__}.{_part.name}"), "ROWS", {}))

"""Where in the queue a moderator is: view, site, order, filters and page, as the queue's addresses and forms say it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from comments_service.moderation.queue_filters import PARAMETERS
from comments_service.moderation.queue_order import SORTS
from comments_service.moderation.queue_views import VIEWS

_LONGEST = 2000  # characters of one filter; what is longer is refused when it is read


@dataclass(frozen=True)
class Place:
    """Unknown views and orders fall back, as people edit addresses by hand. `filters` are names and values as given."""

    view: str = "pending"
    site: str = ""
    sort: str = "first"
    cursor: str = ""
    filters: tuple[tuple[str, str], ...] = ()

    def parts(self) -> dict[str, str]:
        """The page's parameters, without what is the default."""
        default = Place()
        own = {name: str(value) for name, value in vars(self).items() if name != "filters"}
        return {name: value for name, value in own.items() if value != getattr(default, name)} | dict(self.filters)

    def url(self) -> str:
        """The page's address."""
        return url_for("moderation_desk.queue", **self.parts())  # type: ignore[arg-type]

    def at(self, **changes: str) -> "Place":
        """Another view, site or order, from its first page on."""
        return replace(self, **{"cursor": "", **changes})  # type: ignore[arg-type]

    def only(self, **filters: str) -> "Place":
        """With these filters beside the ones that are set, from the first page on."""
        return replace(self, cursor="", filters=_in_order({**dict(self.filters), **filters}))

    def without(self, *names: str) -> "Place":
        """Without these filters, from the first page on."""
        return replace(self, cursor="", filters=tuple(pair for pair in self.filters if pair[0] not in names))

    @property
    def filter_query(self) -> str:
        """The filters as one value, for forms whose own fields may be called the same."""
        return urlencode(self.filters)


def place_of(values: MultiDict[str, str]) -> Place:
    """The place named in a query or a form; a form names its filters in one field."""
    view, sort = values.get("view", ""), values.get("sort", "")
    filters = dict(parse_qsl(values["filters"], max_num_fields=50)) if "filters" in values else values
    return Place(
        view=view if view in VIEWS else "pending",
        site=values.get("site", "")[:64],
        sort=sort if sort in SORTS else "first",
        cursor=values.get("cursor", "")[:300],
        filters=_in_order({name: filters.get(name, "").strip()[: _LONGEST + 1] for name in PARAMETERS}),
    )


def _in_order(filters: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, filters[name]) for name in PARAMETERS if filters.get(name))

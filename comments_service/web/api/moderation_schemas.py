"""What the moderation API takes and gives, as schemas that also make its OpenAPI. Unknown fields are refused."""

from marshmallow import RAISE, Schema, fields, validate

from comments_service.moderation.bulk import ACTIONS
from comments_service.moderation.queue import MOST_ITEMS
from comments_service.moderation.queue_filters import PARAMETERS
from comments_service.moderation.queue_order import SORTS
from comments_service.moderation.queue_views import VIEWS
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.storage.tables import STATUSES

_ID = validate.Length(1, 32)
_MOST_IDS = 500  # with what was seen of each they fit into the body that a request may have


class _Strict(Schema):
    class Meta:
        unknown = RAISE


_Filters = _Strict.from_dict(
    {name: fields.String(metadata={"description": words}) for name, words in PARAMETERS.items()}, name="QueueFilters"
)


class QueueQuery(_Filters):  # type: ignore[valid-type, misc]
    site = fields.String(validate=validate.Length(max=64), metadata={"description": "Key of one site; else all yours."})
    status = fields.String(load_default="pending", validate=validate.OneOf(VIEWS))
    sort = fields.String(load_default="first", validate=validate.OneOf(SORTS))
    cursor = fields.String(load_default=None, metadata={"description": "`next_cursor` of the page before."})
    limit = fields.Integer(load_default=20, validate=validate.Range(1, MOST_ITEMS))


class CountsQuery(_Strict):
    site = fields.String(validate=validate.Length(max=64))


class SeenInput(_Strict):
    revision = fields.Integer(required=True, strict=True)
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))


class DecisionsInput(_Strict):
    ids = fields.List(
        fields.String(validate=_ID),
        required=True,
        validate=validate.Length(1, _MOST_IDS, error="Send 1 to {max} ids."),
    )
    decision = fields.String(required=True, validate=validate.OneOf([*ACTIONS, "undo"]))
    reason = fields.String(
        load_default="",
        allow_none=True,
        validate=validate.Length(max=1000),
        metadata={"description": f"With `reject` one of {', '.join(REJECTION_REASONS)}; other words go to the note."},
    )
    note = fields.String(
        load_default="", validate=validate.Length(max=1000), metadata={"description": "For colleagues."}
    )
    seen = fields.Dict(
        keys=fields.String(validate=_ID),
        values=fields.Nested(SeenInput),
        load_default=dict,
        metadata={"description": "By id, what you decided about; a comment that has changed since is a conflict."},
    )
    decisions = fields.Dict(
        keys=fields.String(validate=_ID),
        values=fields.Integer(strict=True, validate=validate.Range(1, 2**63 - 1)),
        load_default=dict,
        metadata={"description": "Only with `undo`: by id, the `decision_id` that is taken back."},
    )


class SpanSchema(Schema):
    label = fields.String()
    begin = fields.Integer()
    end = fields.Integer()
    weight = fields.Float()


class ParentSchema(Schema):
    id = fields.String(attribute="public_id")
    name = fields.String()
    excerpt = fields.String()
    status = fields.String()


class CheckSchema(Schema):
    check = fields.String()
    weight = fields.String()
    detail = fields.String()


class ScoresSchema(Schema):
    model = fields.String()
    language = fields.String()
    values = fields.Dict(keys=fields.String(), values=fields.Float())
    signals = fields.Function(
        lambda scores: [{"label": label, "signal": name, "weight": weight} for label, name, weight in scores.signals],
        metadata={"type": "array", "items": {"type": "object"}},
    )


class LastDecisionSchema(Schema):
    id = fields.Integer()
    action = fields.String()
    actor = fields.String()
    by = fields.String()
    reason = fields.String()
    note = fields.String()
    from_status = fields.String()
    created_at = fields.AwareDateTime(format="iso")


class OpenReportSchema(Schema):
    reason = fields.String()
    note = fields.String()
    created_at = fields.AwareDateTime(format="iso")


class NoticeSchema(Schema):
    reference = fields.String()
    name = fields.String()
    masked_address = fields.String()
    explanation = fields.String()
    law = fields.String()
    child_abuse = fields.Boolean()
    created_at = fields.AwareDateTime(format="iso")


class LookSchema(Schema):
    why = fields.String(metadata={"enum": ["audit", "doubtful"]})
    detail = fields.String()


class ItemSchema(Schema):
    id = fields.String(attribute="public_id")
    revision = fields.Integer()
    status = fields.String()
    awaits = fields.String()
    site = fields.String(attribute="site_key")
    thread = fields.Function(
        lambda item: {"title": item.thread_title, "url": item.thread_url}, metadata={"type": "object"}
    )
    author = fields.Function(
        lambda item: {"name": item.name, "website": item.website, "address": item.masked_address},
        metadata={"type": "object", "description": "The address is masked."},
    )
    author_history = fields.Dict(keys=fields.String(), values=fields.Integer())
    body = fields.String(attribute="body.text", metadata={"description": "The source; addresses in it are hidden."})
    spans = fields.List(fields.Nested(SpanSchema), attribute="body.spans")
    parent = fields.Nested(ParentSchema, allow_none=True)
    evidence = fields.List(fields.Nested(CheckSchema), attribute="checks")
    scores = fields.Nested(ScoresSchema, allow_none=True)
    decision = fields.Nested(LastDecisionSchema, allow_none=True)
    reports = fields.List(fields.Nested(OpenReportSchema))
    notices = fields.List(
        fields.Nested(NoticeSchema),
        metadata={"description": "Open notices of illegal content. Addresses are masked, those in texts hidden."},
    )
    second_looks = fields.List(
        fields.Nested(LookSchema),
        attribute="looks",
        metadata={"description": "Why a person is asked to look at a comment that has been decided; mostly empty."},
    )
    created_at = fields.AwareDateTime(format="iso")
    edited_at = fields.AwareDateTime(format="iso", allow_none=True)


class QueueSchema(Schema):
    comments = fields.List(fields.Nested(ItemSchema), attribute="items")
    next_cursor = fields.String(
        allow_none=True,
        metadata={"description": "Null on the last page. A page with rare filters may be short, even empty, before."},
    )


class QueueCountsSchema(Schema):
    counts = fields.Dict(
        keys=fields.String(), values=fields.Integer(), metadata={"description": "By view, counted up to 1000."}
    )


class ResultSchema(Schema):
    id = fields.String(attribute="public_id")
    result = fields.String(metadata={"enum": ["done", "proposed", "missing", "conflict"]})
    status = fields.String(metadata={"description": "The comment's status now."})
    decision_id = fields.Integer(allow_none=True)
    message = fields.String(metadata={"description": "In words, where it was not done."})


class DecisionsSchema(Schema):
    results = fields.List(fields.Nested(ResultSchema))


class EntrySchema(Schema):
    id = fields.Integer()
    comment_id = fields.String(attribute="public_id")
    action = fields.String()
    actor = fields.String()
    by = fields.String()
    from_status = fields.String()
    to_status = fields.String()
    reason = fields.String()
    note = fields.String()
    model = fields.String(allow_none=True)
    scores = fields.Dict(keys=fields.String(), values=fields.Float(), allow_none=True)
    undo_of = fields.Integer(allow_none=True)
    undoable = fields.Boolean()
    created_at = fields.AwareDateTime(format="iso")


class HistorySchema(Schema):
    history = fields.List(fields.Nested(EntrySchema))

"""The public API's bodies as schemas, for checking and for the OpenAPI document. Lengths are checked by `screening`."""

from marshmallow import RAISE, Schema, fields, validate

from comments_service.comments.report import REASONS


class StrictSchema(Schema):
    """Unknown fields are refused: a typing error must not pass, nor a field that only we may set."""

    class Meta:
        unknown = RAISE


class SubmissionSchema(StrictSchema):
    """A new comment. Which fields are required is the site's setting; `/form` tells."""

    url = fields.String(load_default="", metadata={"description": "The article's canonical URL."})
    title = fields.String(load_default="", allow_none=True)
    parent_id = fields.String(load_default=None, allow_none=True)
    name = fields.String(load_default="")
    email = fields.String(load_default="", metadata={"description": "Never shown."})
    website = fields.String(load_default="", allow_none=True)
    body = fields.String(load_default="", metadata={"description": "Markdown; at most 10 000 characters."})
    notify = fields.Boolean(
        load_default=False,
        allow_none=True,
        truthy={True},
        falsy={False},
        metadata={"description": "Ask, once this is published, whether to tell of replies by mail."},
    )
    lang = fields.String(
        load_default="",
        allow_none=True,
        validate=validate.Length(max=100),
        metadata={"description": "The language of such mails as a BCP 47 tag."},
    )
    form_token = fields.String(load_default="", allow_none=True)
    subject = fields.String(load_default="", allow_none=True, metadata={"description": "Must stay empty."})


class EditSchema(StrictSchema):
    """A text alone: an author's new one, or one to be looked at."""

    body = fields.String(required=True)


class VoteSchema(StrictSchema):
    """A vote: 1, -1, or 0 to take it back. `voter` is a random string that the page keeps."""

    value = fields.Integer(required=True, strict=True, validate=validate.OneOf([-1, 0, 1]))
    voter = fields.String(load_default="", allow_none=True, validate=validate.Length(max=100))


class ReportSchema(StrictSchema):
    """A reader's flag."""

    reason = fields.String(required=True, validate=validate.OneOf(REASONS))
    note = fields.String(load_default="", allow_none=True, validate=validate.Length(max=2000))
    voter = fields.String(load_default="", allow_none=True, validate=validate.Length(max=100))


class AuthorSchema(Schema):
    name = fields.String(required=True)
    avatar = fields.String(required=True, metadata={"description": "A random seed; the widget draws from it."})
    website = fields.Url()
    badge = fields.String()


class AnsweredSchema(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "Empty where that comment is not shown any more."})


class VotesSchema(Schema):
    up = fields.Integer(required=True)
    down = fields.Integer(required=True)


class CommentSchema(Schema):
    """What readers get of a comment; nothing else ever."""

    id = fields.String(required=True)
    parent_id = fields.String(required=True, allow_none=True)
    author = fields.Nested(AuthorSchema, required=True)
    html = fields.String(required=True, metadata={"description": "Safe HTML, rendered by the service."})
    created_at = fields.DateTime(required=True)
    edited_at = fields.DateTime()
    votes = fields.Nested(VotesSchema, required=True)
    replies = fields.List(fields.Nested("CommentSchema"), required=True)
    reply_count = fields.Integer(required=True)
    in_reply_to = fields.Nested(
        AnsweredSchema,
        metadata={"description": "Whom it answers, where that is not the parent: the tree's depth ended."},
    )
    replies_cursor = fields.String(metadata={"description": "For `parent` and `cursor`, where there are more replies."})
    removed = fields.Boolean(metadata={"description": "True for a stub above replies that stayed."})


class ThreadSchema(Schema):
    url = fields.String(required=True)
    title = fields.String(required=True)
    open = fields.Boolean(required=True)
    count = fields.Integer(required=True)
    required = fields.List(fields.String(), required=True, metadata={"description": "Fields a comment must have."})
    limits = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        metadata={"description": "Longest fields in characters; `body_min` is the shortest text."},
    )
    edit_window_s = fields.Integer(required=True, metadata={"description": "Seconds for editing and deleting."})
    newest = fields.String(required=True, metadata={"description": "For `newer`: how far this answer reaches."})
    follow = fields.Boolean(
        required=True, metadata={"description": "Whether comments can be followed by mail (see `/follows`)."}
    )


class ThreadPageSchema(Schema):
    """One page of a thread."""

    thread = fields.Nested(ThreadSchema, required=True)
    comments = fields.List(fields.Nested(CommentSchema), required=True)
    previous_cursor = fields.String(
        required=True, allow_none=True, metadata={"description": "For `cursor`; null where the first comment is here."}
    )
    next_cursor = fields.String(
        required=True, allow_none=True, metadata={"description": "For `cursor`; null where the last comment is here."}
    )


class OwnCommentSchema(Schema):
    """An author's own view of a comment."""

    id = fields.String(required=True)
    status = fields.String(
        required=True, validate=validate.OneOf(["pending", "approved", "rejected", "spam", "deleted"])
    )
    edit_token = fields.String()
    comment = fields.Nested(CommentSchema, required=True)
    reason = fields.String()
    source = fields.String(metadata={"description": "The author's own text, for editing."})
    editable_until = fields.DateTime()
    status_url = fields.Url(
        required=True,
        metadata={"description": "A page for the author: what happened, why, and how to object. For 800 days."},
    )


class PreviewSchema(Schema):
    html = fields.String(required=True, metadata={"description": "Safe HTML, as it will be in the comment."})


class CountsSchema(Schema):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class FormSchema(Schema):
    """What a form needs to be drawn and accepted."""

    form_token = fields.String(required=True)
    required = fields.List(fields.String(), required=True)
    limits = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    minimum_age_s = fields.Float(required=True)
    edit_window_s = fields.Integer(required=True)
    honeypot = fields.String(required=True)
    open = fields.Boolean(required=True)
    texts = fields.Dict(keys=fields.String(), values=fields.String(), required=True)

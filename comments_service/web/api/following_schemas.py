"""Bodies of what readers ask about by mail: notices of illegal content, and following comments."""

from marshmallow import Schema, fields, validate

from comments_service.web.api.schemas import StrictSchema

_LANGUAGE = {"description": "The reader's language as a BCP 47 tag; mails are written in it where we can."}


class GivenNoticeSchema(StrictSchema):
    """A notice of illegal content (Article 16 of the Digital Services Act)."""

    explanation = fields.String(
        load_default="", metadata={"description": "Why the content is illegal; 10 to 10 000 characters."}
    )
    law = fields.String(load_default="", allow_none=True, metadata={"description": "Which law or right it breaks."})
    name = fields.String(
        load_default="", allow_none=True, metadata={"description": "Required, except with `child_abuse`."}
    )
    email = fields.String(
        load_default="",
        allow_none=True,
        metadata={"description": "Required, except with `child_abuse`. For the receipt and the decision; never shown."},
    )
    good_faith = fields.Boolean(
        load_default=False,
        truthy={True},
        falsy={False},
        metadata={"description": "Must be true: what is stated is believed to be accurate and complete."},
    )
    child_abuse = fields.Boolean(
        load_default=False,
        allow_none=True,
        truthy={True},
        falsy={False},
        metadata={"description": "It is about the sexual abuse of children: name and address may be left out."},
    )
    lang = fields.String(load_default="", allow_none=True, validate=validate.Length(max=100), metadata=_LANGUAGE)


class NoticeReceiptSchema(Schema):
    """A notice that has been received."""

    reference = fields.String(required=True, metadata={"description": "What to call this notice by."})


class FollowSchema(StrictSchema):
    """A wish to get a mail about each new comment below an article."""

    url = fields.String(load_default="", metadata={"description": "The article's canonical URL."})
    email = fields.String(load_default="", metadata={"description": "Gets a link to confirm. Never shown."})
    lang = fields.String(load_default="", allow_none=True, validate=validate.Length(max=100), metadata=_LANGUAGE)


class FollowTakenSchema(Schema):
    """The same for every address: whether a mail is on its way is for its reader alone to know."""

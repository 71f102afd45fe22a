"""Export files written by hand, so that reading is tested against the documented form and not against our writer."""

import json
from typing import Any

Lines = list[dict[str, Any]]

FIRST, SECOND = "https://news.example/harbour", "https://news.example/ferry"


def as_file(lines: Lines) -> bytes:
    """The lines as the export writes them."""
    return b"".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in lines)


def header(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "site",
        "format": "comments-service",
        "version": 2,
        "site": "demo",
        "name": "Harbour News",
        "origins": ["https://news.example"],
        "settings": {},
        "addresses": False,
    } | fields


def thread(url: str = FIRST, title: str = "Harbour opens", **fields: Any) -> dict[str, Any]:
    return {"kind": "thread", "url": url, "title": title, **fields, "created_at": at(0)}


def end(lines: Lines) -> dict[str, Any]:
    kinds = [line.get("kind") for line in lines]
    return {"kind": "end", "threads": kinds.count("thread"), "comments": kinds.count("comment")}


def at(minute: int) -> str:
    """A moment of the test's day."""
    return f"2026-03-01T{minute // 60:02}:{minute % 60:02}:00.000250Z"


def comment(short: str, /, *, parent: str = "", status: str = "approved", **fields: Any) -> dict[str, Any]:
    """A comment's line in the order of fields that the export has. `short` is the id without its beginning."""
    line: dict[str, Any] = {
        "kind": "comment",
        "id": f"c-{short}",
        "thread": fields.pop("thread", FIRST),
        **({"parent": f"c-{parent}"} if parent else {}),
        **({"in_reply_to": fields.pop("in_reply_to")} if "in_reply_to" in fields else {}),
        "status": status,
        "created_at": at(1),
        **{key: fields.pop(key) for key in ("edited_at", "decided_at") if key in fields},
        "revision": fields.pop("revision", 1),
        "avatar": "0a1b2c3d",
        **{key: fields.pop(key) for key in ("up", "down") if key in fields},
    }
    if status != "deleted":
        line |= {
            "name": fields.pop("name", "Ada"),
            **{key: fields.pop(key) for key in ("website", "badge", "language") if key in fields},
            "source": fields.pop("source", f"What *{short}* says."),
            "written_by": fields.pop("written_by", "author"),
        }
    decisions = {"decisions": fields.pop("decisions")} if "decisions" in fields else {}
    address = {key: fields.pop(key) for key in ("email", "email_verified_at", "notify") if key in fields}
    return line | fields | decisions | address


def step(actor: str, action: str, before: str, after: str, **fields: Any) -> dict[str, Any]:
    """One decision, in the order of fields that the export has."""
    revision = fields.pop("revision", 1)
    return {
        "actor": actor,
        "action": action,
        "from": before,
        "to": after,
        "revision": revision,
        "created_at": at(5),
        **fields,
    }


def _changed_minds(scores: dict[str, float]) -> list[Any]:
    """Decisions of every actor on one comment, with an edit and an undo between them."""
    drawn = {"stream": "audit", "shown_probability": 0.02}
    return [
        step("machine", "approve", "pending", "approved", model="a" * 64, scores=scores, **drawn),
        step("author", "edit", "approved", "pending"),
        step("machine", "hold", "pending", "pending", revision=2, reason="links"),
        step("moderator", "reject", "pending", "rejected", revision=2, moderator="vera", reason="abuse"),
        step("moderator", "undo", "rejected", "pending", revision=2, moderator="vera", undo_of=3),
        step("moderator", "approve", "pending", "approved", revision=2, moderator="otto", note="Fine now."),
    ]


def whole_site() -> Lines:
    """A site with everything that an export can hold, without addresses."""
    scores = {"spam": 0.125, "toxic": 0.0}
    lines = [
        header(),
        thread(),
        thread(SECOND, "Ferry", closed=True),
        comment(
            "edited",
            edited_at=at(3),
            decided_at=at(5),
            revision=2,
            up=7,
            down=2,
            website="https://ada.example/",
            badge="staff",
            language="en",
            source="Second *thoughts*.\n\n> and a quotation – “with” signs",
            report_count=1,
            earlier=[
                {
                    "revision": 1,
                    "name": "Ada",
                    "website": "",
                    "source": "First thoughts.",
                    "written_by": "author",
                    "created_at": at(1),
                }
            ],
            evidence=[
                {"revision": 1, "check": "links", "weight": "pass", "created_at": at(1)},
                {"revision": 2, "check": "links", "weight": "hold", "detail": "Five links.", "created_at": at(3)},
            ],
            scores=[
                {
                    "revision": 2,
                    "model": "a" * 64,
                    "scores": scores,
                    "language": "en",
                    "reasons": [{"label": "spam", "begin": 0, "end": 6, "weight": 0.5}],
                    "created_at": at(4),
                }
            ],
            reports=[{"reason": "abuse", "note": "Not kind", "created_at": at(4), "settled_at": at(5)}],
            decisions=_changed_minds(scores),
        ),
        comment(
            "answer", parent="edited", status="deleted", decisions=[step("author", "delete", "approved", "deleted")]
        ),
        comment("below", parent="answer", name="Grace", source="Still here."),
        comment("beside", parent="answer", in_reply_to="c-below", status="rejected"),
        comment("waiting", thread=SECOND, status="pending", source="Is it on time?"),
        comment("held", thread=SECOND, status="pending", decisions=[step("machine", "hold", "pending", "pending")]),
        comment("junk", thread=SECOND, status="spam", source="Buy now http://shop.example/"),
    ]
    return [*lines, end(lines)]

"""What was sent, in the address or in the body, read in the character set that the blog says it writes in."""

import re
from codecs import lookup
from urllib.parse import parse_qsl

from flask import request
from werkzeug.datastructures import MultiDict

from comments_service.web.problems import Problem

_MOST_FIELDS = 1000  # WordPress sends its visitor's headers and the whole comment form along
_CHARSET = re.compile(r"(?:^|&)blog_charset=([\w-]{1,40})(?:&|$)")
# What blogs were ever written in. Python's own list has codecs that are no character sets, and slow ones.
_TAKEN = re.compile(
    r"(us-ascii|iso-8859-1?\d|latin-?1|(windows-|cp)125\d|koi8-[ru]|euc-(jp|kr)|shift_jis|gb2312|gbk|gb18030|big5)"
)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")

Form = MultiDict[str, str]


def sent() -> Form:
    """Every field with its values; of one that stands in address and body, the address's come first. Raises Problem."""
    found = request.args.copy()
    if request.mimetype == "multipart/form-data":  # what PHP's curl makes of an array
        found.update(request.form)
        return found
    body = _NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], request.get_data()).decode("ascii")
    try:
        pairs = parse_qsl(
            body, keep_blank_values=True, encoding=_charset(body), errors="replace", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise Problem(400, "too_many_fields", f"At most {_MOST_FIELDS} fields are read.") from None
    found.update(MultiDict(pairs))
    return found


def is_true(form: Form, name: str) -> bool:
    """Whether a field says yes, in any of the ways that languages print it."""
    return form.get(name, "").strip().lower() not in {"", "0", "false", "no"}


def _charset(body: str) -> str:
    named = _CHARSET.search(body)
    name = named[1].lower() if named else ""
    try:
        return lookup(name).name if _TAKEN.fullmatch(name) else "utf-8"
    except LookupError:  # iso-8859-12 was never made
        return "utf-8"

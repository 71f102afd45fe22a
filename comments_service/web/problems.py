"""Errors as RFC 9457 `application/problem+json`, raised anywhere below a view: texts for people, codes for programs."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from http import HTTPStatus

from flask import Response

from comments_service.screening.evidence import FieldError


class Problem(Exception):
    """An answer that is not the one asked for. `retry_after` is in seconds."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Iterable[FieldError] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.errors = tuple(errors)
        self.retry_after = retry_after

    def response(self) -> Response:
        body = {
            "type": f"about:blank#{self.code}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "errors": [asdict(error) for error in self.errors],
        }
        answer = Response(json.dumps(body), status=self.status, mimetype="application/problem+json")
        answer.headers["Cache-Control"] = "no-store"
        if self.retry_after is not None:
            answer.headers["Retry-After"] = str(self.retry_after)
        return answer


__all__ = ["FieldError", "Problem"]

"""Errors as Google's services give them and as their clients read them: code, message, status, details."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, jsonify

from comments_service.web.problems import Problem

_STATUSES = {
    400: "INVALID_ARGUMENT",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}
_ERROR = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
_ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"
_BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"
_MOST_LANGUAGES, _LONGEST_LANGUAGE = 20, 35  # that are told back; a BCP 47 tag has 35 characters


class GoogleError(Problem):
    """A problem with details for programs, each an object with its `@type`."""

    def __init__(self, status: int, message: str, *details: Mapping[str, Any], retry_after: int | None = None) -> None:
        super().__init__(status, "", message, retry_after=retry_after)
        self.details: Sequence[Mapping[str, Any]] = details


def invalid(error_type: str, message: str, **more: Any) -> GoogleError:
    """A request that Perspective would refuse, in its words, under one of its names for errors."""
    return GoogleError(400, message, {"@type": _ERROR, "errorType": error_type, **more})


def malformed(path: str, message: str) -> GoogleError:
    """A request that is no message of this API; `path` names the field, "" the whole."""
    violation = {"field": path, "description": message}
    return GoogleError(400, message, {"@type": _BAD_REQUEST, "fieldViolations": [violation]})


def language_not_supported(attribute: str, languages: Sequence[str], detected: Sequence[str]) -> GoogleError:
    """The attribute is not offered in these languages. Clients look for these very words."""
    told = [language[:_LONGEST_LANGUAGE] for language in languages[:_MOST_LANGUAGES]]
    more = {"detectedLanguages": list(detected)} if detected else {"requestedLanguages": told}
    return invalid(
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        f"Attribute {attribute} does not support request languages: {', '.join(told)}",
        languageNotSupportedByAttributeError={**more, "attribute": attribute},
    )


def no_key() -> GoogleError:
    return GoogleError(
        403,
        "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other"
        " form of API consumer identity to call this API.",
    )


def unknown_key() -> GoogleError:
    info = {"@type": _ERROR_INFO, "reason": "API_KEY_INVALID", "domain": "googleapis.com"}
    return GoogleError(400, "API key not valid. Please pass a valid API key.", info)


def quota_exceeded(what: str) -> GoogleError:
    info = {"@type": _ERROR_INFO, "reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com"}
    return GoogleError(429, f"Quota exceeded for this API key: {what}.", info, retry_after=60)


def as_google(problem: Problem) -> Response:
    """Any problem in Google's shape, whoever raised it."""
    error: dict[str, Any] = {
        "code": problem.status,
        "message": problem.detail,
        "status": _STATUSES.get(problem.status, "INTERNAL"),
    }
    if isinstance(problem, GoogleError) and problem.details:
        error["details"] = problem.details
    response = jsonify(error=error)
    response.status_code = problem.status
    response.headers["Cache-Control"] = "no-store"
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response

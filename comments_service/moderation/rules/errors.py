"""What can go wrong with a rule, for every module of this package."""


class RuleError(ValueError):
    """What was asked of a rule cannot be done: `code` for programs and pages, the message names field and remedy."""

    def __init__(self, code: str, field: str, message: str) -> None:
        super().__init__(message)
        self.code, self.field, self.message = code, field, message


class NoSuchRule(Exception):
    """There is no such rule, list or change on the sites that may be seen."""

    def __init__(self) -> None:
        super().__init__("there is no such rule; `comments-service rule list` shows all")

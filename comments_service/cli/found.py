"""What an examination of one part of the installation found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """One part of the installation. `remedy` is empty where all is well."""

    part: str
    ok: bool
    detail: str
    remedy: str = ""

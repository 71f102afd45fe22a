"""What the desk's scripts say, for the page to bring along in its language: found in the scripts themselves."""

import re
from functools import cache
from pathlib import Path

from comments_service.content.desk_texts import known_texts

_FOLDER = Path(__file__).parent / "assets"
_TEXT = r'"((?:[^"\\]|\\.)+)"'
_SAY = re.compile(rf"\bsay\(\s*{_TEXT}")
_SAY_MANY = re.compile(rf"\bsayMany\(\s*{_TEXT},\s*{_TEXT}")


@cache
def said_by_scripts() -> dict[str, bool]:
    """Every text of the scripts, in English; true where it has forms by number (the key is the form for many)."""
    code = "".join(file.read_text("utf-8") for file in sorted(_FOLDER.glob("*.js")))
    return {
        **{match[1]: False for match in _SAY.finditer(code)},
        **{match[2]: True for match in _SAY_MANY.finditer(code)},
    }


@cache
def script_texts(language: str) -> dict[str, object]:
    """What `language` says for them; empty for English, whose texts are in the scripts."""
    known = known_texts(language)
    return {text: known[text] for text in said_by_scripts() if text in known}

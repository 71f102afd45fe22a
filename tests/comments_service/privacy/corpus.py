"""Texts with and without e-mail addresses, written for these tests; the lists lie beside this file in corpus/.

An address stands between ⟦ and ⟧: whatever is inside must be hidden, whatever is outside must stay as it is.
common.txt holds the spellings that people meet every day (all must be found), rare.txt the inventive ones,
lookalikes.txt what must not be touched. SPELLINGS writes any address in many ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote


def examples(name: str) -> list[str]:
    """The texts of one list; a text of two lines has its line break inside ⟦…⟧."""
    found: list[str] = []
    for line in (Path(__file__).parent / "corpus" / f"{name}.txt").read_text("utf-8").splitlines():
        if found and found[-1].count("⟦") > found[-1].count("⟧"):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


def without_marks(example: str) -> str:
    return example.replace("⟦", "").replace("⟧", "")


def with_hidden(example: str) -> str:
    return re.sub("⟦[^⟧]*⟧", "[address hidden]", example)


LOCALS = ["jane", "jane.doe", "j.d", "jane_doe", "jane+tag", "jane-doe", "x99", "o'neill", "müller", "иван"]
DOMAINS = ["example.com", "mail.example.org", "example.co.uk", "my-firm.de", "münchen.de", "1und1.net", "163.com"]
SENTENCES = ["{}", "Write to {} please.", "({})", "me: {}", "{}\nThanks", "a, {}, b", "“{}”", "- {}\n- more"]

_Spelling = Callable[[str, str], str]
SPELLINGS: dict[str, _Spelling] = {
    "plain": lambda local, domain: f"{local}@{domain}",
    "capitals": lambda local, domain: f"{local}@{domain}".upper(),
    "full width at": lambda local, domain: f"{local}＠{domain}",
    "small at": lambda local, domain: f"{local}﹫{domain}",
    "full width": lambda local, domain: "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in f"{local}@{domain}"
    ),
    "decimal entity": lambda local, domain: f"{local}&#64;{domain}",
    "hex entity": lambda local, domain: f"{local}&#x40;{domain}",
    "named entities": lambda local, domain: f"{local}&commat;{domain.replace('.', '&period;')}",
    "all entities": lambda local, domain: "".join(f"&#{ord(c)};" for c in f"{local}@{domain}"),
    "double entity": lambda local, domain: f"{local}&amp;#64;{domain}",
    "percent": lambda local, domain: f"{quote(local)}%40{quote(domain)}",
    "all percent": lambda local, domain: "".join(f"%{b:02X}" for b in f"{local}@{domain}".encode()),
    "double percent": lambda local, domain: quote(quote(f"{local}@{domain}", safe=""), safe=""),
    "backslash": lambda local, domain: f"{local}\\@{domain}",
    "zero width": lambda local, domain: "\u200b".join(f"{local}@{domain}"),
    "soft hyphens": lambda local, domain: "\u00ad".join(f"{local}@{domain}"),
    "word joiners": lambda local, domain: f"{local}\u2060@\u2060{domain}",
    "bidi marks": lambda local, domain: f"{local}\u200e@\u202a{domain}",
    "combining": lambda local, domain: "\u0336".join(f"{local}@{domain}"),
    "emphasis": lambda local, domain: f"{local}*@*{domain}",
    "strong": lambda local, domain: f"{local}**@**{domain}",
    "code": lambda local, domain: f"{local}`@`{domain}",
    "tags": lambda local, domain: f"{local}<b>@</b>{domain}",
    "comment": lambda local, domain: f"{local}<!-- x -->@{domain}",
    "spaces": lambda local, domain: f"{local} @ {domain}",
    "no-break spaces": lambda local, domain: f"{local}\u00a0@\u00a0{domain}",
    "line break": lambda local, domain: f"{local}@\n{domain}",
    "spaced dots": lambda local, domain: f"{local} @ {domain.replace('.', ' . ')}",
    "bracketed at": lambda local, domain: f"{local}[at]{domain}",
    "spaced bracketed at": lambda local, domain: f"{local} (at) {domain}",
    "bracketed": lambda local, domain: f"{local}(at){domain.replace('.', '(dot)')}",
    "spaced brackets": lambda local, domain: f"{local} [at] {domain.replace('.', ' [dot] ')}",
    "braces": lambda local, domain: f"{local} {{at}} {domain.replace('.', ' {dot} ')}",
    "angles": lambda local, domain: f"{local} <at> {domain.replace('.', ' <dot> ')}",
    "words": lambda local, domain: f"{local} at {domain.replace('.', ' dot ')}",
    "shouted words": lambda local, domain: f"{local} AT {domain.replace('.', ' DOT ')}",
    "at and words": lambda local, domain: f"{local}@{domain.replace('.', ' dot ')}",
    "defanged": lambda local, domain: f"{local}@{domain.replace('.', '[.]')}",
    "bracketed signs": lambda local, domain: f"{local}[@]{domain.replace('.', '[.]')}",
    "flanked": lambda local, domain: f"{local}_at_{domain.replace('.', '_dot_')}",
    "javascript": lambda local, domain: f"{local}\\u0040{domain}",
}

"""Links in a comment: how many, and whether they lead to blocked domains."""

from urllib.parse import urlsplit

from comments_service.screening.evidence import HOLD, PASS, SPAM, Finding


def check_link_count(links: list[str], most: int) -> Finding:
    if len(links) > most:
        return Finding("links", HOLD, f"It has {len(links)} links; more than {most} need a look.")
    return Finding("links", PASS, f"It has {len(links)} links.")


def check_domains(links: list[str], website: str, blocked: frozenset[str]) -> Finding:
    """`blocked` holds lower-case domains; their subdomains are meant too."""
    for link in [*links, website]:
        host = (urlsplit(link if "//" in link else f"//{link}").hostname or "").rstrip(".")
        labels = host.split(".")
        for start in range(len(labels)):
            if ".".join(labels[start:]) in blocked:
                return Finding("block_domains", SPAM, f"A link leads to {host}, which is on the block list.")
    return Finding("block_domains", PASS)

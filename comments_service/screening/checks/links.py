"""Links in a comment: how many, and whether they lead to listed domains."""

from urllib.parse import urlsplit

from comments_service.screening.evidence import HOLD, PASS, Finding


def check_link_count(links: list[str], most: int) -> Finding:
    if len(links) > most:
        return Finding("links", HOLD, f"It has {len(links)} links; more than {most} need a look.")
    return Finding("links", PASS, f"It has {len(links)} links.")


def check_domains(check: str, links: list[str], website: str, listed: frozenset[str], weight: str) -> Finding:
    """`listed` holds lower-case domains; their subdomains are meant too. `weight` is what a link there weighs."""
    for link in [*links, website]:
        host = (urlsplit(link if "//" in link else f"//{link}").hostname or "").rstrip(".")
        labels = host.split(".")
        for start in range(len(labels)):
            if ".".join(labels[start:]) in listed:
                return Finding(check, weight, f"A link leads to {host}, which is on the site's list.")
    return Finding(check, PASS)

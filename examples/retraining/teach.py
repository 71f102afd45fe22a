"""Writes comments to a running demo as its readers would, and decides about them as a moderator would.

    python -m examples.retraining.teach decide --count 200    posts comments and decides about each
    python -m examples.retraining.teach ask                   posts comments of new wording, prints their scores

It speaks HTTP only, as any program could: COMMENTS_TOKEN is a moderator's token, COMMENTS_SERVER_KEY the site's key.
"""

import argparse
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
from itertools import islice
from typing import Any

from examples.retraining.texts import POISON, RULES, Said, taught, unseen

SITTING = 20  # comments that the moderator looks at before going on to the next
PATIENCE_S = 60.0  # until a worker has scored
# In turn, so that a comment that is asked about twice has the same name both times: a name counts towards spam.
NAMES = ("Ada", "Ben", "Cem", "Dora", "Emil", "Fatma", "Greta", "Hugo", "Ines", "Jan")


class Demo:
    """A site of a running service, seen by HTTP."""

    def __init__(self, url: str, site: str) -> None:
        self._api, self._site = f"{url}/api/v1", site
        self._url, self._posted = url, 0
        self._token, self._key = _given("COMMENTS_TOKEN"), _given("COMMENTS_SERVER_KEY")

    def post(self, text: str) -> str:
        """A reader's comment, ten to an article; its id."""
        article, name = f"{self._url}/demo/retraining-{self._posted // 10}", NAMES[self._posted % len(NAMES)]
        self._posted += 1
        body = {"url": article, "title": "Retraining", "name": name, "body": text}
        body["email"] = f"{secrets.token_hex(6)}@example.org"
        return str(self._send(f"/sites/{self._site}/comments", self._key, body)["id"])

    def decide(self, ids: list[str], decision: str, reason: str) -> None:
        """A moderator's decision about some comments."""
        body = {"ids": ids, "decision": decision} | ({"reason": reason} if reason else {})
        self._send("/moderation/decisions", self._token, body)

    def scored(self, comment: str) -> dict[str, Any]:
        """A comment as moderators see it, once a worker has scored it."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            found = self._send(f"/moderation/comments/{comment}", self._token)
            if found["scores"] and found["awaits"] != "machine":
                return found
            time.sleep(0.2)
        sys.exit("no worker has scored it within a minute; does `make run` run?")

    def _send(self, path: str, key: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        try:
            with urllib.request.urlopen(urllib.request.Request(self._api + path, data, headers), timeout=30) as answer:
                found: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as error:
            sys.exit(f"{path} answered {error.code}: {error.read().decode()[:300]}")
        except urllib.error.URLError as error:
            sys.exit(f"{self._api} cannot be reached ({error.reason}); start the demo with `make run`")
        return found


def decide(demo: Demo, count: int, seed: int, rules: dict[str, tuple[str, str]]) -> None:
    """Post `count` comments, wait until the machine has had its say, and decide about each, in the order they came."""
    posted = [(demo.post(text), kind) for text, kind in islice(taught(seed), count)]
    demo.scored(posted[-1][0])
    for begin in range(0, len(posted), SITTING):
        for kind, (decision, reason) in rules.items():
            ids = [comment for comment, its in posted[begin : begin + SITTING] if its == kind]
            if ids:
                demo.decide(ids, decision, reason)
    for kind, (decision, reason) in rules.items():
        total = sum(its == kind for _, its in posted)
        sys.stdout.write(f"{kind:9} {total:4} x {decision} {reason}\n")


def ask(demo: Demo, seed: int) -> None:
    """Post comments whose wording was never taught, and print what the model in use says of them."""
    said: list[Said] = unseen(seed)
    posted = [demo.post(text) for text, _ in said]
    sys.stdout.write(f"{'kind':9} {'spam':>6} {'toxic':>6}  model             comment\n")
    for comment, (text, kind) in zip(posted, said, strict=True):
        scores, middle = demo.scored(comment)["scores"], text.partition(": ")[2]
        spam, toxic = scores["values"]["spam"], scores["values"]["toxic"]
        sys.stdout.write(f"{kind:9} {spam:6.3f} {toxic:6.3f}  {scores['model'][:16]}  {middle[:58]}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["decide", "ask"])
    parser.add_argument("--url", default="http://127.0.0.1:8080", help="where the service is")
    parser.add_argument("--site", default="demo", help="key of the site")
    parser.add_argument("--count", type=int, default=200, help="comments to decide about")
    parser.add_argument("--seed", type=int, default=1, help="another number, other comments")
    parser.add_argument("--poison", action="store_true", help="decide the other way round")
    given = parser.parse_args()
    demo = Demo(given.url, given.site)
    if given.what == "ask":
        ask(demo, given.seed)
    else:
        decide(demo, given.count, given.seed, POISON if given.poison else RULES)


def _given(name: str) -> str:
    return os.environ.get(name) or sys.exit(
        f"{name} is not set; examples/retraining/README.md says where it comes from"
    )


if __name__ == "__main__":
    main()

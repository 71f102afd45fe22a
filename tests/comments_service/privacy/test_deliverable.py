"""Does the worker learn from the domain's name servers, and only from them, whether mail can be delivered?"""

import socket
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from comments_service.privacy.addresses import deliverable

RECORDS = {
    ("with-mx.example.", "MX"): "10 mail.with-mx.example.",
    ("null-mx.example.", "MX"): "0 .",
    ("a-only.example.", "A"): "8.8.8.8",
    ("inside-only.example.", "A"): "10.0.0.8",
}
KNOWN = {name for name, _ in RECORDS} | {"bare.example."}


class NameServer(threading.Thread):
    """A DNS server on a loopback port that answers from RECORDS; `broken.` fails, `silent.` never answers."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]

    def run(self) -> None:
        while True:
            try:
                wire, peer = self.socket.recvfrom(4096)
            except OSError:
                return
            answer = self._answer(dns.message.from_wire(wire))
            if answer is not None:
                self.socket.sendto(answer.to_wire(), peer)

    def _answer(self, query: dns.message.Message) -> dns.message.Message | None:
        question = query.question[0]
        name, kind = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
        if name == "silent.example.":
            return None
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if name == "broken.example.":
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif name not in KNOWN:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif (name, kind) in RECORDS:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, RECORDS[name, kind]))
        return answer


@pytest.fixture
def resolver() -> Iterator[dns.resolver.Resolver]:
    server = NameServer()
    server.start()
    asking = dns.resolver.Resolver(configure=False)
    asking.nameservers, asking.port, asking.timeout = ["127.0.0.1"], server.port, 0.5
    yield asking
    server.socket.close()


@pytest.mark.parametrize(
    ("domain", "verdict"),
    [
        ("with-mx.example", True),
        ("a-only.example", True),
        ("null-mx.example", False),
        ("bare.example", False),
        ("inside-only.example", False),
        ("unknown.example", False),
        ("broken.example", None),
        ("silent.example", None),
    ],
)
def test_the_answer_of_the_name_servers_counts(
    resolver: dns.resolver.Resolver, domain: str, verdict: bool | None
) -> None:
    assert deliverable(f"jane@{domain}", 1.0, resolver=resolver) is verdict


def test_a_machine_without_name_servers_says_nothing_about_the_author() -> None:
    nobody = dns.resolver.Resolver(configure=False)
    nobody.nameservers, nobody.port = ["127.0.0.1"], 1
    assert deliverable("jane@with-mx.example", 0.5, resolver=nobody) is None


def test_no_question_is_asked_for_what_is_no_address() -> None:
    assert deliverable("jane", 0.5) is False

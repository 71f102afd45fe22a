"""A real name server on loopback that answers TXT questions from a table, or not at all."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset


@contextmanager
def name_server(texts: Mapping[str, tuple[str, ...]] | None) -> Iterator[dns.resolver.Resolver]:
    """A resolver whose server knows these TXT records by name, and no other name; None: it never answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=_answer_all, args=(listener, texts), daemon=True)
        thread.start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], listener.getsockname()[1]
        yield resolver


def _answer_all(listener: socket.socket, texts: Mapping[str, tuple[str, ...]] | None) -> None:
    with suppress(OSError):  # the listener is closed when the test is over
        while True:
            asked, whom = listener.recvfrom(4096)
            if texts is not None:
                listener.sendto(_answer(asked, texts), whom)


def _answer(asked: bytes, texts: Mapping[str, tuple[str, ...]]) -> bytes:
    question = dns.message.from_wire(asked)
    name = question.question[0].name.to_text(omit_final_dot=True)
    answer = dns.message.make_response(question)
    answer.flags |= dns.flags.RA
    if name not in texts:
        answer.set_rcode(dns.rcode.NXDOMAIN)
    elif texts[name]:
        quoted = [f'"{text}"' for text in texts[name]]
        answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "TXT", *quoted))
    return answer.to_wire()

"""A small HTTP/1.1 load client in a process of its own: keep-alive connections that each send the next request as soon
as the last one is answered (a closed loop), for a bounded time.

`python -m benchmarks.load` reads a Load as JSON from standard input and writes a Result as JSON. It understands just
what the measured servers send: a status line, Content-Length, bytes. It never resends what was not answered.
"""

import asyncio
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain, repeat

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CLOSING = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
IDENTIFIER = re.compile(rb'"id": ?"?([^",}]+)')


@dataclass(frozen=True)
class Load:
    """What to send to 127.0.0.1. With `bodies` each is POSTed once; without, `head` is a GET that repeats."""

    port: int
    head: str  # request line and headers, without the empty line
    connections: int
    seconds: float
    bodies: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Result:
    """Counts of a run; latencies in milliseconds, sorted; `ids` of what was acknowledged (POSTs only)."""

    seconds: float
    statuses: dict[str, int]
    broken: int  # connections that ended with a request unanswered
    bytes_received: int
    latencies_ms: list[float]
    ids: list[str]
    client_cpu: float  # share of one core that this client used; near 1 it would have measured itself

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies_ms) / self.seconds

    def latency_ms(self, quantile: float) -> float:
        return self.latencies_ms[min(len(self.latencies_ms) - 1, int(quantile * len(self.latencies_ms)))]

    def only(self, *good: int) -> "Result":
        """This result, if every answer had one of these statuses; a rate of errors is no figure."""
        if not self.latencies_ms or set(self.statuses) - {str(status) for status in good} or self.broken:
            raise RuntimeError(f"expected {good}, got {self.statuses} and {self.broken} broken connections")
        return self


def run_load(load: Load) -> Result:
    """Run one load in a fresh process."""
    return finish_load(start_load(load))


def start_load(load: Load) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(json.dumps(asdict(load)).encode())
    process.stdin.close()
    process.stdin = None  # so that communicate() does not touch it again
    return process


def finish_load(process: subprocess.Popen[bytes]) -> Result:
    written, _ = process.communicate(timeout=120)
    if process.returncode != 0:
        raise RuntimeError(f"the load client ended with status {process.returncode}")
    return Result(**json.loads(written))


class _Tally:
    def __init__(self, load: Load, requests: Iterator[bytes], done: asyncio.Event) -> None:
        self.requests, self.done = requests, done
        self.collect = bool(load.bodies)
        self.deadline = time.perf_counter() + load.seconds
        self.statuses: Counter[str] = Counter()
        self.latencies: list[float] = []
        self.ids: list[str] = []
        self.broken = self.bytes_received = 0
        self.open = load.connections

    def close_one(self) -> None:
        self.open -= 1
        if self.open == 0:
            self.done.set()


class _Connection(asyncio.Protocol):
    """One connection's closed loop. Parsing is the least that finds the end of an answer."""

    transport: asyncio.Transport

    def __init__(self, tally: _Tally, again: "asyncio.Queue[None]") -> None:
        self.tally, self.again = tally, again
        self.buffer = b""
        self.wanted = 0  # length of the whole answer once its head is read
        self.waiting = self.finished = False
        self.sent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._send()

    def _send(self) -> None:
        now = time.perf_counter()
        request = next(self.tally.requests, None) if now < self.tally.deadline else None
        if request is None:
            self.finished = True
            self.transport.close()
            return
        self.sent, self.waiting, self.buffer, self.wanted = now, True, b"", 0
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer = self.buffer + data if self.buffer else data
        if not self.wanted:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            length = LENGTH.search(self.buffer, 0, end + 2)
            self.wanted = end + 4 + (int(length[1]) if length else 0)
        if len(self.buffer) >= self.wanted:
            self._answered()

    def _answered(self) -> None:
        tally, now = self.tally, time.perf_counter()
        self.waiting = False
        tally.latencies.append((now - self.sent) * 1000)
        status = self.buffer[9:12].decode()
        tally.statuses[status] += 1
        tally.bytes_received += self.wanted
        if tally.collect and status.startswith("2") and (found := IDENTIFIER.search(self.buffer)):
            tally.ids.append(found[1].decode())
        if CLOSING.search(self.buffer[: self.buffer.find(b"\r\n\r\n") + 2]):
            self.transport.close()
        else:
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self.tally.broken += self.waiting
        if not self.finished and time.perf_counter() < self.tally.deadline:
            self.again.put_nowait(None)
        else:
            self.tally.close_one()


def _requests(load: Load) -> Iterator[bytes]:
    if not load.bodies:
        return repeat(f"{load.head}\r\n\r\n".encode())
    encoded = [body.encode() for body in load.bodies]
    return chain(f"{load.head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body for body in encoded)


async def _drive(load: Load) -> Result:
    requests = _requests(load)
    loop, done, again = asyncio.get_running_loop(), asyncio.Event(), asyncio.Queue[None]()
    tally = _Tally(load, requests, done)
    cpu, begun = time.process_time(), time.perf_counter()

    async def connect() -> None:
        try:
            await loop.create_connection(lambda: _Connection(tally, again), "127.0.0.1", load.port)
        except OSError:
            tally.close_one()  # nobody listens any more: the server was killed

    async def reconnect() -> None:
        while True:
            await again.get()
            await connect()

    reconnecting = asyncio.create_task(reconnect())
    for _ in range(load.connections):
        await connect()
    try:
        await asyncio.wait_for(done.wait(), load.seconds + 30)
    finally:
        reconnecting.cancel()
    seconds = time.perf_counter() - begun
    return Result(
        seconds=seconds,
        statuses=dict(tally.statuses),
        broken=tally.broken,
        bytes_received=tally.bytes_received,
        latencies_ms=sorted(tally.latencies),
        ids=tally.ids,
        client_cpu=(time.process_time() - cpu) / seconds,
    )


if __name__ == "__main__":
    result = asyncio.run(_drive(Load(**json.load(sys.stdin))))
    sys.stdout.write(json.dumps(asdict(result)))

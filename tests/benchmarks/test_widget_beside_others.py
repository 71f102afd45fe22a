"""The widget's comparison: what layout shifts add up to, what a pin is worth, what its tables tell."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.widget import packages
from benchmarks.widget.packages import Client, NotToBeHad, clients
from benchmarks.widget.paint import cumulative_shift
from benchmarks.widget.tables import show_widget


@pytest.mark.parametrize(
    ("shifts", "sum_of_the_worst_window"),
    [
        ([], 0.0),
        ([(0, 0.1), (900, 0.1)], 0.2),
        ([(0, 0.1), (1100, 0.15)], 0.15),
        ([(900 * n, 0.01) for n in range(10)], 0.06),
    ],
    ids=["none", "without a pause", "a pause of a second", "longer than five seconds"],
)
def test_shifts_add_up_within_a_session_window(
    shifts: list[tuple[float, float]], sum_of_the_worst_window: float
) -> None:
    assert cumulative_shift(shifts) == pytest.approx(sum_of_the_worst_window)


def _packed(folder: Path, content: bytes) -> Client:
    """A client whose package lies in `folder` already."""
    file = tarfile.TarInfo("package/dist/client.js")
    file.size = len(content)
    with tarfile.open(folder / "client-1.0.0.tgz", "w:gz") as archive:
        archive.addfile(file, io.BytesIO(content))
    digest = base64.b64encode(hashlib.sha512((folder / "client-1.0.0.tgz").read_bytes()).digest()).decode()
    return Client("Client", "client", "1.0.0", f"sha512-{digest}", ("dist/client.js",))


def test_a_package_is_read_only_when_it_is_what_was_pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "KEPT", tmp_path)
    client = _packed(tmp_path, b"let comments;")
    assert client.read() == {"client.js": b"let comments;"}
    with pytest.raises(NotToBeHad, match=r"client 1\.0\.0 is not what was pinned"):
        replace(client, integrity=clients()[0].integrity).read()
    assert not list(tmp_path.iterdir()), "a wrong package is not kept"


def test_without_npm_the_package_is_named_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "KEPT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotToBeHad, match="twikoo: npm cannot be used here"):
        next(client for client in clients() if client.name == "Twikoo").read()


def test_the_tables_say_what_could_not_be_measured() -> None:
    row = {"name": "ours", "files": "embed.js", "bytes": 3000, "gzip_9_bytes": 1000}
    larger = {**row, "name": "Larger", "gzip_9_bytes": 2500}
    sizes = {"first": [row, larger], "later": [], "absent": {"Twikoo 1.7.9": "npm could not fetch it"}}
    console = Console(file=io.StringIO(), width=80)
    show_widget({"sizes": sizes, "visits": {"not_measured": "no Chromium"}}, console)
    assert isinstance(console.file, io.StringIO)
    said = console.file.getvalue()
    assert "2.5" in said
    assert "Twikoo 1.7.9 has no figure: npm could not fetch it." in said
    assert "What a reader sees was not measured: no Chromium." in said

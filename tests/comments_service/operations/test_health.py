"""What do /healthz, /readyz and /metrics say, when all is well and when parts are missing?"""

import re
from pathlib import Path

import pytest
import requests
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from comments_service.app import create_app
from comments_service.settings import load_settings
from tests.stacks.reader import Reader
from tests.stacks.stack import Stack
from tests.stacks.waiting import until

PARTS = {"database", "schema", "broker", "worker", "model"}


def _figures(stack: Stack) -> dict[tuple[str, ...], float]:
    """All samples of /metrics: name and label values → value."""
    text = requests.get(f"{stack.base_url}/metrics", timeout=10).text
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {(sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value for sample in samples}


def test_a_running_installation_is_ready_in_every_part(stack: Stack) -> None:
    answer = requests.get(f"{stack.base_url}/readyz", timeout=10)
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "parts": dict.fromkeys(PARTS, "ok")}
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_a_worker_it_is_alive_and_not_ready_and_says_why(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"].isdigit()
    parts = answer.get_json()["parts"]
    assert {part for part, state in parts.items() if state == "ok"} == {"database", "schema", "broker"}
    assert parts["worker"] == "none seen lately"


def test_with_a_broken_database_it_is_alive_and_not_ready(tmp_path: Path) -> None:
    (tmp_path / "comments.db").write_bytes(b"this is no database" * 100)
    client = create_app(load_settings(data_dir=tmp_path)).test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["parts"]["database"] == "unreachable"


def test_with_an_old_schema_it_is_not_ready(tmp_path: Path) -> None:
    answer = create_app(load_settings(data_dir=tmp_path)).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["parts"]["schema"] == "not this release's"


def test_what_comes_in_is_counted_by_status_and_by_who_decided(stack: Stack) -> None:
    before = _sum(stack, "comments_decisions", "machine")
    Reader(stack.base_url).post()
    until(lambda: _sum(stack, "comments_decisions", "machine") > before, "the machine's decision is counted", 60)
    assert _sum(stack, "comments_comments") >= 1
    figures = _figures(stack)
    assert figures[("comments_outbox_parked",)] == 0
    assert figures[("comments_processes", "worker")] >= 1
    assert figures[("comments_processes", "relay")] >= 1


def _sum(stack: Stack, name: str, *labels: str) -> float:
    return sum(value for key, value in _figures(stack).items() if key[0] == name and set(labels) <= set(key))


def test_requests_are_counted_by_endpoint_and_never_by_address(stack: Stack) -> None:
    name = "comments_http_request_seconds_count"
    before = _figures(stack).get((name, "operations.healthz", "GET", "200"), 0)
    for _ in range(3):
        requests.get(f"{stack.base_url}/healthz?from=ann@example.org", timeout=10)
    assert _figures(stack)[(name, "operations.healthz", "GET", "200")] >= before + 3
    requests.request("BREW", f"{stack.base_url}/coffee", timeout=10)
    assert not any("BREW" in key for key in _figures(stack))


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_nothing_personal_and_no_secret_is_in_it(stack: Stack, path: str) -> None:
    Reader(stack.base_url).post()
    text = requests.get(stack.base_url + path, timeout=10).text
    assert "@" not in text
    assert stack.settings.secret_key not in text
    assert re.search(r"\d+\.\d+\.\d+\.\d+", text) is None

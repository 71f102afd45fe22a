"""Every test of the outbox runs on a real SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comments_service.runtime import Runtime
from tests.stacks.databases import DATABASES, fresh_runtime


@pytest.fixture(params=DATABASES)
def runtime(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Runtime]:
    with fresh_runtime(request.param, tmp_path) as made:
        yield made

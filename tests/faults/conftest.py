"""Stacks of a fault drill's own: what it breaks is nobody else's."""

from collections.abc import Iterator

import pytest

from tests.stacks.stack import KINDS, Stack, installed

# Leases as short as the time limit allows, so that a drill does not wait for a killed worker's for long.
QUICK = {"task_limit_s": "4", "lease_s": "4", "relay_interval_s": "0.5"}


@pytest.fixture(params=KINDS)
def broken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """An installation of each kind with nothing running yet, small batches and short leases."""
    with installed(request.param, tmp_path_factory.mktemp("drill"), worker_batch="8", **QUICK) as stack:
        yield stack


@pytest.fixture
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The same on the default database and broker only."""
    with installed("sqlite", tmp_path_factory.mktemp("drill"), worker_batch="8", **QUICK) as stack:
        yield stack


@pytest.fixture
def on_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The same on PostgreSQL and Redis only."""
    with installed("postgres_redis", tmp_path_factory.mktemp("drill"), worker_batch="8", **QUICK) as stack:
        yield stack

"""A simulator in memory and a shop that talks to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.simulator import Simulator
from tests.unit.simulator.shop import Shop


@pytest.fixture
def line() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def shop(line: Simulator) -> Iterator[Shop]:
    client = Shop(line)
    yield client
    client.close()

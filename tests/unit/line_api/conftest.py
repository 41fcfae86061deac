"""A simulated LINE, and a client of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.line_api.client import LineClient
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LineHosts
from desktop.simulator.simulator import Simulator


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator() as running:
        yield running


@pytest.fixture
def client(simulator: Simulator) -> Iterator[LineClient]:
    made = LineClient(FixedToken(simulator.token), hosts=LineHosts.on_this_computer(simulator.url))
    yield made
    made.close()

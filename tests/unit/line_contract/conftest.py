"""A simulator whose every request and answer is written down, with the line of the contract it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from desktop.simulator import Simulator, routes
from desktop.simulator.exchange import Reply, Request
from tests.unit.line_contract.contract import name_of


@dataclass
class Written:
    """Requests and answers so far."""

    exchanges: list[tuple[str, Request, Reply]] = field(default_factory=list)

    def names(self, *, refused: bool) -> set[str]:
        """The endpoints that answered, or refused."""
        return {name for name, _, reply in self.exchanges if (reply.status >= 400) is refused}


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Written:
    notes = Written()
    ask = routes.answer

    def listening(state: Any, limiter: Any, request: Request) -> Reply:
        reply = ask(state, limiter, request)
        name = name_of(request.method, request.path) or f"{request.method} {request.path}"
        notes.exchanges.append((name, request, reply))
        return reply

    monkeypatch.setattr(routes, "answer", listening)
    return notes


@pytest.fixture
def line(written: Written) -> Iterator[Simulator]:
    with Simulator() as simulator:
        simulator.configure(processing_polls=0)
        yield simulator

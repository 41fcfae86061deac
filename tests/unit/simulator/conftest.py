"""A simulator in memory and a shop that talks to it. Whatever LINE's side answers in these tests has to parse with the models of
LINE's own library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.simulator import Simulator, routes
from desktop.simulator.exchange import Reply, Request
from desktop.simulator.rate_limits import RateLimiter
from desktop.simulator.state import LineState
from tests.unit.line_contract.contract import check_answer, name_of
from tests.unit.simulator.shop import Shop


@pytest.fixture(autouse=True)
def answers_parse(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look at every answer of the test with the library's models."""
    answers: list[tuple[str, Reply]] = []
    ask = routes.answer

    def listening(state: LineState, limiter: RateLimiter, request: Request) -> Reply:
        reply = ask(state, limiter, request)
        name = name_of(request.method, request.path)
        if name is not None:
            answers.append((name, reply))
        return reply

    monkeypatch.setattr(routes, "answer", listening)
    yield
    for name, reply in answers:
        check_answer(name, reply)


@pytest.fixture
def line() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def shop(line: Simulator) -> Iterator[Shop]:
    client = Shop(line)
    yield client
    client.close()

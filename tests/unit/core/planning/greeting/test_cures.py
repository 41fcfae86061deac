"""What is missing can be put in by one press, and the ready greetings miss nothing, in every language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop import text
from desktop.core.planning.greeting.balloons import Greeting, Insert, Picture, Text
from desktop.core.planning.greeting.checks import POINTS, RULES, State, checks
from desktop.core.planning.greeting.counting import MOST, length
from desktop.core.planning.greeting.cures import cured
from desktop.core.planning.greeting.limits import problems
from desktop.core.planning.greeting.shop_kinds import SHOP_KINDS, hint, name, start_greeting


@pytest.fixture(params=text.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    text.use_language(request.param)
    yield request.param
    text.use_language("zh_TW")


def state(greeting: Greeting, check_id: str) -> State:
    return next(one.state for one in checks(greeting) if one.id == check_id)


@pytest.mark.parametrize("check_id", [*POINTS, *RULES])
def test_each_cure_makes_its_point(language: str, check_id: str) -> None:
    for begun in (Greeting(), Greeting(balloons=(Text(("☕",)),))):
        missing = next(one for one in checks(begun) if one.id == check_id)
        assert (missing.state, missing.curable) == (State.MISSING, True)
        found = cured(begun, missing, text.render)
        assert found.balloon is not None
        assert state(found.greeting, check_id) is not State.MISSING


def test_all_cures_together_miss_nothing(language: str) -> None:
    greeting = Greeting()
    for check_id in (*POINTS, *RULES):
        check = next(one for one in checks(greeting) if one.id == check_id)
        if check.state is State.MISSING:
            greeting = cured(greeting, check, text.render).greeting
    assert all(one.state is not State.MISSING for one in checks(greeting))
    assert all(length(one.parts) <= MOST for one in greeting.balloons if isinstance(one, Text))


def test_without_room_nothing_is_put_in() -> None:
    full = Greeting(balloons=(Text(("字" * 500,)),) * 5)
    for check in checks(full):
        if check.state is State.MISSING:
            assert cured(full, check, text.render) == type(cured(full, check, text.render))(full, None)
    longer = Greeting(balloons=(Text(("字" * 495,)),))
    site = next(one for one in checks(longer) if one.id == "site")
    assert len(cured(longer, site, text.render).greeting.balloons) == 2


def test_the_name_comes_first_and_the_rest_last() -> None:
    greeting = Greeting(balloons=(Text(("歡迎",)), Picture(1), Text(("再見",))))
    by_id = {one.id: one for one in checks(greeting)}
    named = cured(greeting, by_id["name"], text.render)
    first = named.greeting.balloons[0]
    assert isinstance(first, Text)
    assert (named.balloon, first.parts[0]) == (0, Insert.FRIEND)
    assert cured(greeting, by_id["site"], text.render).balloon == 2
    assert cured(greeting, by_id["offer"], text.render).balloon == 0


@pytest.mark.parametrize("kind", SHOP_KINDS)
def test_ready_greetings_miss_nothing_and_fit(language: str, kind: str) -> None:
    greeting = start_greeting(kind, text.render)
    found = checks(greeting)
    assert [one.id for one in found if one.state is State.MISSING] == []
    assert state(greeting, "name") is state(greeting, "action") is state(greeting, "steps") is State.OK
    assert {one.id for one in problems(greeting)} == {"picture_missing", "action_uri_missing"}
    gaps = [one.found for one in found if one.group == "fill"]
    assert len(gaps) >= 4
    written = "".join(one.written for one in greeting.balloons if isinstance(one, Text))
    assert written.count("〔") + written.count("«") == len(gaps)
    assert {state(greeting, point) for point in ("offer", "site", "hours")} <= {State.FILL, State.OK}
    assert state(greeting, "site") is State.FILL
    assert text.render(name(kind)) != text.render(hint(kind))


def test_there_are_ten_kinds_of_shops_and_no_two_greetings_alike() -> None:
    written = {start_greeting(kind, text.render).balloons for kind in SHOP_KINDS}
    assert (len(SHOP_KINDS), len(written)) == (10, 10)

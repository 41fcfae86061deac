"""A rich message's picture is divided by hand without gaps, and no action is lost that has an area left."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.planning.actions import NO_ACTION, Action, ActionKind
from desktop.core.planning.greeting import dividing
from desktop.core.planning.greeting.balloons import MAP_WIDTH, Area, RichMessage

SAY = Action(ActionKind.MESSAGE, text="我要訂位", label="訂位")
WHOLE = RichMessage(height=1040, areas=(Area(0, 0, 1040, 1040, SAY),))


def split(balloon: RichMessage, index: int, **parts: int) -> RichMessage:
    found = dividing.split(balloon, index, **parts)
    assert found is not None
    return found


def test_an_area_is_split_and_joined_again() -> None:
    halves = split(WHOLE, 0, columns=2)
    assert [(one.x, one.width, one.action) for one in halves.areas] == [(0, 520, SAY), (520, 520, NO_ACTION)]
    three = split(halves, 1, rows=2)
    assert dividing.joinable(three, 0) == ()
    assert dividing.joinable(three, 1) == (2,)
    assert dividing.joined(dividing.joined(three, 1, 2), 0, 1) == WHOLE


def test_what_a_finger_cannot_meet_is_not_made() -> None:
    low = RichMessage(height=150, areas=(Area(0, 0, 1040, 150),))
    assert dividing.split(low, 0, rows=2) is None
    assert dividing.split(low, 0, columns=2) is not None


def test_a_line_is_taken_hold_of_and_moved_onto_the_grid() -> None:
    halves = split(WHOLE, 0, columns=2)
    line = dividing.line_at(halves, 527, 300, 10)
    assert line is not None
    assert dividing.line_at(halves, 540, 300, 10) is None
    assert [area.width for area in dividing.moved(halves, line, 350).areas] == [347, 693]
    assert dividing.moved(halves, line, -500).areas[0].width == 100


@settings(max_examples=60, deadline=None)
@given(
    height=st.integers(300, 2000),
    cuts=st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.integers(0, 2000)), max_size=8),
)
def test_it_stays_covered(height: int, cuts: list[tuple[int, bool, int]]) -> None:
    balloon = RichMessage(height=height, areas=(Area(0, 0, MAP_WIDTH, height, SAY),))
    for number, across, to in cuts:
        index = number % len(balloon.areas)
        parts = dividing.split(balloon, index, columns=2 if across else 1, rows=1 if across else 2)
        balloon = parts or balloon
        area = balloon.areas[index]
        line = dividing.line_at(balloon, area.x + area.width, area.y + area.height, 1)
        balloon = dividing.moved(balloon, line, to) if line is not None else balloon
    assert sum(area.width * area.height for area in balloon.areas) == MAP_WIDTH * height
    assert all(
        area.x >= 0 and area.y >= 0 and area.x + area.width <= MAP_WIDTH and area.y + area.height <= height
        for area in balloon.areas
    )
    assert balloon.areas[0].action == SAY

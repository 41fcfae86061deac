"""The name of an upload at LINE: the audience's own if it is free, else with the day, never longer than LINE takes."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.limits import AUDIENCE, line_length
from desktop.core.people.upload_name import (
    is_old_name,
    is_upload_name,
    name_key,
    old_name,
    replacement_name,
    upload_name,
)

DAY = date(2026, 11, 21)
NAMES = (
    st.text(st.sampled_from("VIPvip 熟客🍎0123456789-ßÅé"), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)


def test_a_free_name_stays_as_it_is() -> None:
    assert upload_name("熟客", DAY, {name_key("常客")}) == "熟客"


def test_a_taken_name_gets_the_day_and_then_a_number() -> None:
    taken = {name_key("vip")}
    made = []
    for _ in range(4):
        made.append(upload_name("VIP", DAY, taken))
        taken.add(name_key(made[-1]))
    assert made == ["VIP 1121", "VIP 1121-2", "VIP 1121-3", "VIP 1121-4"]


def test_a_long_name_makes_room() -> None:
    name = "🍎" * 60
    made = upload_name(name, DAY, {name_key(name)})
    assert made == "🍎" * 57 + " 1121"
    assert line_length(made) <= AUDIENCE.name_length


@given(NAMES, st.integers(0, 12))
def test_every_name_made_is_free_fits_and_is_recognised(name: str, uploads: int) -> None:
    taken: set[str] = set()
    for _ in range(uploads):
        made = upload_name(name, DAY, taken)
        assert name_key(made) not in taken
        assert line_length(made) <= AUDIENCE.name_length
        assert is_upload_name(made, name)
        taken.add(name_key(made))


def test_other_names_are_not_taken_for_ours() -> None:
    for other in (
        "熟客們",
        "熟客 11",
        "熟客 11211",
        "熟客 1121-",
        "我的熟客",
        "熟客 1121 舊",
        "熟客1121",
        "",
    ):
        assert not is_upload_name(other, "熟客"), other
    assert is_upload_name("vip 0101-12", "VIP")


def test_names_while_two_change_places() -> None:
    assert replacement_name("熟客", DAY, ()) == "熟客 (2026-11-21)"
    assert old_name("熟客", DAY, ()) == "熟客（舊 2026-11-21）"
    assert old_name("熟客", DAY, {name_key("熟客（舊 2026-11-21）")}) == "熟客（舊 2026-11-21-2）"
    assert not is_old_name("熟客", "熟客")
    assert not is_old_name("常客（舊 2026-11-21）", "熟客")
    assert not is_upload_name("熟客（舊 2026-11-21）", "熟客"), "an old one is never taken for a new one"


@given(NAMES, st.integers(1, 12))
def test_every_name_in_brackets_is_free_fits_and_is_recognised(name: str, uploads: int) -> None:
    taken: set[str] = set()
    for _ in range(uploads):
        new, old = replacement_name(name, DAY, taken), old_name(name, DAY, taken)
        assert is_upload_name(new, name)
        assert is_old_name(old, name)
        for made in (new, old):
            assert name_key(made) not in taken
            assert line_length(made) <= AUDIENCE.name_length
            taken.add(name_key(made))

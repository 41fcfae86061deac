"""What an import may change in somebody who is there already."""

from __future__ import annotations

import json

import pytest

from desktop.importer.checking.merging import changes


def test_blank_never_clears() -> None:
    assert changes({"name": "王小明"}, {"name": None}) == {}


def test_a_value_replaces_another() -> None:
    assert changes({"level": "一般"}, {"level": "VIP"}) == {"level": "VIP"}


def test_what_was_set_by_hand_stays() -> None:
    assert changes({"name": "小明", "by_hand": '["name"]'}, {"name": "王小明", "level": "VIP"}) == {
        "level": "VIP"
    }


@pytest.mark.parametrize(
    ("field", "now", "incoming", "then"),
    [
        ("consent", None, True, {"consent": 1}),
        ("consent", None, False, {"consent": 0}),
        ("consent", 1, False, {"consent": 0}),
        ("consent", 0, True, {}),
        ("blocked", None, False, {"blocked": 0}),
        ("blocked", 0, True, {"blocked": 1}),
        ("blocked", 1, False, {}),
        ("do_not_send", 1, False, {}),
        ("do_not_send", 0, True, {"do_not_send": 1}),
    ],
)
def test_consent_and_block_only_fill_or_get_stricter(
    field: str, now: int | None, incoming: bool, then: dict[str, int]
) -> None:
    assert changes({field: now}, {field: incoming}) == then


def test_extra_columns_are_merged() -> None:
    changed = changes({"extra": '{"口味":"拿鐵","座位":"窗邊"}'}, {"extra": '{"口味":"美式"}'})
    assert json.loads(changed["extra"]) == {"口味": "美式", "座位": "窗邊"}


def test_the_same_extra_columns_are_no_change() -> None:
    assert changes({"extra": '{"口味": "拿鐵"}'}, {"extra": '{"口味":"拿鐵"}'}) == {}

"""Queries inside plans follow a tag or an audience that gets another name, in the same step, and come back with its undo."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.core.changes import Kind
from desktop.core.planning.operating.journey import Journey, JourneyStage
from desktop.operations.audiences import audience_editor, audiences
from desktop.operations.history import undoing
from desktop.operations.planning import plans
from desktop.operations.planning.operating import journeys
from desktop.operations.tagging import tags
from desktop.store.conditions import references
from desktop.store.database import Database
from desktop.store.tagging import mentions


def journey(db: Database, *queries: str) -> int:
    stages = tuple(JourneyStage(str(n), f"階段{n}", query) for n, query in enumerate(queries))
    return journeys.save(db, None, Journey("會員旅程", stages)).plan.id


def menu(db: Database, for_whom: str) -> int:
    return plans.save(db, "rich_menu", None, "VIP 版", {"for_whom": for_whom, "areas": []}).plan.id


def queries(db: Database, number: int) -> list[str]:
    return [stage.query for stage in journeys.existing(db, number).stages]


def for_whom(db: Database, number: int) -> Any:
    return plans.existing(db, number).content["for_whom"]


@pytest.fixture
def tagged(db: Database) -> Database:
    for name in ("VIP", "熟客"):
        tags.create(db, name)
    return db


def test_a_renamed_tag_is_followed_and_undone_with_its_step(tagged: Database) -> None:
    trip, shown = journey(tagged, "bound:yes", "tag:VIP -tag:熟客"), menu(tagged, "tag:VIP")
    changed = tags.rename(tagged, "VIP", "貴 賓")
    assert changed.rewritten.plans == ("VIP 版", "會員旅程")
    assert Kind.PLANS in changed.changes.kinds
    assert queries(tagged, trip) == ["bound:yes", 'tag:"貴 賓" -tag:熟客']
    assert for_whom(tagged, shown) == 'tag:"貴 賓"'
    undoing.undo(tagged)
    assert queries(tagged, trip) == ["bound:yes", "tag:VIP -tag:熟客"]
    assert for_whom(tagged, shown) == "tag:VIP"
    undoing.redo(tagged)
    assert for_whom(tagged, shown) == 'tag:"貴 賓"'


def test_joined_tags_are_followed(tagged: Database) -> None:
    trip = journey(tagged, "shop_member:yes", "tag:熟客 OR tag:VIP")
    tags.merge_tags(tagged, ["VIP"], "熟客")
    assert "VIP" not in queries(tagged, trip)[1]


def test_a_renamed_audience_is_followed(db: Database) -> None:
    audience = audiences.save(db, "熟客", "bound:yes").audience
    trip, shown = journey(db, "bound:yes", "audience:熟客"), menu(db, "-audience:熟客")
    assert references.referring(db, "熟客").plans == ("VIP 版", "會員旅程")
    saved = audience_editor.save_as(db, audience.id, "老客人", "bound:yes")
    assert Kind.PLANS in saved.changes.kinds
    assert (queries(db, trip)[1], for_whom(db, shown)) == ("audience:老客人", "-audience:老客人")
    undoing.undo(db)
    assert (queries(db, trip)[1], for_whom(db, shown)) == ("audience:熟客", "-audience:熟客")


def test_what_hangs_on_a_tag_is_told(tagged: Database) -> None:
    journey(tagged, "tag:VIP", "tag:VIP orders:>=1")
    menu(tagged, "")
    number = tags.existing(tagged, "VIP").id
    assert mentions.of_tag(tagged, number, "VIP").plans == ("會員旅程",)


def test_what_asks_for_something_else_or_cannot_be_read_stays(tagged: Database) -> None:
    shown, broken = (
        menu(tagged, "tag:熟客"),
        plans.save(tagged, "rich_menu", None, "壞的", {"for_whom": "((tag:VIP"}).plan.id,
    )
    odd = plans.save(
        tagged, "journey", None, "怪的", {"stages": [1, {"query": None}, {"query": "tag:VIP"}]}
    ).plan.id
    before = plans.existing(tagged, shown).saved_at
    assert tags.rename(tagged, "VIP", "貴賓").rewritten.plans == ("怪的",)
    assert (for_whom(tagged, broken), plans.existing(tagged, shown).saved_at) == ("((tag:VIP", before)
    assert plans.existing(tagged, odd).content["stages"] == [1, {"query": None}, {"query": "tag:貴賓"}]

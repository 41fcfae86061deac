"""Greetings are begun from a kind of shop, kept, copied for a period, and checked by LINE."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from desktop import text
from desktop.core.errors import UserError
from desktop.core.planning.greeting.balloons import Greeting, Insert, Picture, Text
from desktop.core.planning.greeting.line_messages import NotReady
from desktop.core.planning.greeting.shop_kinds import SHOP_KINDS
from desktop.line_api.client import LineClient
from desktop.line_api.errors import Refused
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LineHosts
from desktop.operations.history.undoing import undo
from desktop.operations.planning import greetings, plans
from desktop.simulator.simulator import Simulator
from desktop.store import shop
from desktop.store.database import Database

READY = Greeting(
    "秋季版", (Text((Insert.FRIEND, "，歡迎加入", Insert.ACCOUNT)), Picture(None, "https://a.example/b.png"))
)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator() as made:
        yield made


@pytest.fixture
def client(simulator: Simulator) -> Iterator[LineClient]:
    made = LineClient(FixedToken(simulator.token), hosts=LineHosts.on_this_computer(simulator.url))
    yield made
    made.close()


@pytest.mark.parametrize("kind", SHOP_KINDS)
def test_a_greeting_is_begun_and_taken_back_in_one_step(db: Database, kind: str) -> None:
    saved = greetings.begin(db, kind)
    known = greetings.existing(db, saved.plan.id)
    assert (known.greeting.name, known.greeting.shop_kind) == ("歡迎訊息", kind)
    assert len(known.greeting.balloons) == 3
    undo(db)
    assert greetings.all_greetings(db) == []


def test_beginning_again_takes_a_free_name_and_the_owners_language(db: Database) -> None:
    assert greetings.begin(db).plan.name == "歡迎訊息"
    assert greetings.begin(db, "cafe").plan.name == "歡迎訊息 2"
    text.use_language("ja")
    try:
        plan = greetings.begin(db, "cafe").plan
    finally:
        text.use_language("zh_TW")
    first = greetings.existing(db, plan.id).greeting.balloons[0]
    assert isinstance(first, Text)
    assert "友だち限定" in first.written


def test_a_burst_of_edits_is_one_step(db: Database) -> None:
    plan = greetings.begin(db, "cafe").plan
    greeting = greetings.existing(db, plan.id).greeting
    for words in ("歡", "歡迎", "歡迎光臨"):
        greetings.save(db, plan.id, replace(greeting, balloons=(Text((words,)),)))
    assert greetings.existing(db, plan.id).greeting.balloons == (Text(("歡迎光臨",)),)
    assert db.value("SELECT count(*) FROM step") == 2, "making it, and writing in it"


def test_a_variant_is_copied_for_a_period_and_due_in_it(db: Database) -> None:
    first = greetings.save(db, None, READY).plan.id
    second = greetings.duplicate(db, first, "聖誕版", starts="2026-12-01", ends="2026-12-25").plan.id
    third = greetings.duplicate(db, first).plan
    assert third.name == "秋季版 2"
    assert greetings.existing(db, second).greeting == replace(
        READY, name="聖誕版", starts="2026-12-01", ends="2026-12-25"
    )
    christmas, summer = greetings.current(db, date(2026, 12, 24)), greetings.current(db, date(2026, 7, 1))
    assert christmas is not None
    assert summer is not None
    assert (christmas.id, summer.id) == (second, first)
    with pytest.raises(UserError) as error:
        greetings.duplicate(db, first, "錯", starts="2026-12-25", ends="2026-12-01")
    assert error.value.text.key == "greeting.period_wrong"
    assert [one.greeting.name for one in greetings.all_greetings(db)] == ["秋季版", "聖誕版", "秋季版 2"]
    plans.delete(db, second)
    with pytest.raises(UserError):
        greetings.existing(db, second)


def test_the_accounts_name_is_lines_or_the_shops(db: Database) -> None:
    assert greetings.account_name(db) == "日日咖啡"
    shop.put_json(db, "line_account_before", {"displayName": "日日咖啡 Day"})
    assert greetings.account_name(db) == "日日咖啡 Day"
    shop.put_json(db, "line_account", {"displayName": "日日"})
    assert greetings.account_name(db) == "日日"


def test_line_is_asked_only_about_what_is_ready(client: LineClient, simulator: Simulator) -> None:
    greetings.validate(client, READY, "怡君", "日日咖啡")
    assert [one.path for one in simulator.requests] == ["/v2/bot/message/validate/push"]
    with pytest.raises(NotReady) as error:
        greetings.validate(client, Greeting("空"), "怡君", "日日咖啡")
    assert error.value.problems[0].id == "no_balloons"
    assert len(simulator.requests) == 1


def test_lines_own_refusal_is_told(
    client: LineClient, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [{"type": "text", "text": ""}]
    monkeypatch.setattr(greetings, "line_messages", lambda *_: wrong)
    with pytest.raises(Refused) as error:
        greetings.validate(client, READY, "怡君", "日日咖啡")
    assert error.value.text.key == "line.wrong_message"


def test_json_holds_what_line_takes() -> None:
    written = json.loads(greetings.as_json(READY, "怡君", "日日咖啡"))
    assert written["messages"][0] == {"type": "text", "text": "怡君，歡迎加入日日咖啡"}
    with pytest.raises(NotReady):
        greetings.as_json(replace(READY, balloons=(Picture(1),)), "怡君", "日日咖啡")

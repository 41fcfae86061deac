"""What the shop file says is live is what LINE shows, after every single request and wherever a press ends: taken back by half, put
back after that, refused by LINE for everybody, and after somebody was erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.core.errors import UserError
from desktop.operations.people import erasing
from desktop.operations.planning import plans, publishing
from desktop.operations.planning.publishing import Pressed
from desktop.store import shop
from desktop.store.overview import overview
from desktop.store.publishing import refused
from desktop.store.shop_file import ShopFile
from desktop.text import t
from tests.scenarios.publish_world import TODAY, PublishWorld, menu, publish_world
from tests.scenarios.shop_by_commands import Shop
from tests.scenarios.upload_world import user_id

STRANGER = user_id(999)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[PublishWorld]:
    with publish_world(tmp_path) as made:
        made.usual()
        made.publish()
        yield made


def told(world: PublishWorld) -> tuple[list[str], dict[str, int]]:
    """The default menu's chat bar, and how many have each other menu as their own, as the shop file tells it."""
    shown = [
        (
            one,
            str(
                world.db.value("SELECT object ->> 'chatBarText' FROM published_menu WHERE id = ?", (one.id,))
            ),
        )
        for one in publishing.live(world.db).menus
    ]
    default = [bar for one, bar in shown if one.role == "default"]
    return default, {bar: one.people for one, bar in shown if one.people}


def at_line(world: PublishWorld) -> tuple[list[str], dict[str, int]]:
    """The same as LINE has it."""
    bars = {number: one.object["chatBarText"] for number, one in world.at_line.menus.items()}
    own: dict[str, int] = {}
    for number in world.at_line.links.values():
        own[bars[number]] = own.get(bars[number], 0) + 1
    return [bars[world.at_line.default]] if world.at_line.default else [], own


def step_by_step(world: PublishWorld, pressed: Pressed, cancel_after: int | None = None) -> int:
    """Let a job go on request by request, comparing after each; returns how many steps it took."""
    publisher, steps = world.publisher(), 0
    while publisher.step() is not None:
        steps += 1
        assert told(world) == at_line(world), steps
        if steps == cancel_after:
            publishing.cancel(world.db, pressed.job.id)
            break
    return steps


def test_after_every_request_what_is_live_is_what_line_shows(live: PublishWorld) -> None:
    live.change("大家", chat_bar_text="一")
    live.change("貴賓", chat_bar_text="二")
    step_by_step(live, live.press())
    assert at_line(live) == (["一"], {"二": 15})
    step_by_step(live, publishing.take_back(live.db))
    assert at_line(live) == ([], {})
    step_by_step(live, publishing.restore(live.db))
    assert at_line(live) == (["一"], {"二": 15})


def test_a_take_back_cancelled_in_its_middle(live: PublishWorld) -> None:
    steps = step_by_step(live, publishing.take_back(live.db), cancel_after=1)
    assert (steps, at_line(live)) == (1, ([], {"選單": 15}))
    found = publishing.live(live.db)
    assert (found.interrupted and found.interrupted.kind, found.can_restore is not None) == (
        "take_back",
        True,
    )
    assert publishing.newly(live.db).n == 0
    # Either way leads on: to its end, or back to what was before.
    live.run(publishing.take_back(live.db))
    assert (at_line(live), publishing.live(live.db).interrupted) == (([], {}), None)
    live.run(publishing.restore(live.db))
    step_by_step(live, publishing.take_back(live.db), cancel_after=1)
    live.run(publishing.restore(live.db))
    live.check_usual()
    assert publishing.live(live.db).interrupted is None


def test_people_of_whom_nobody_knows_are_told_apart(live: PublishWorld) -> None:
    live.simulator.faults.add("status", status=500, path="/bulk/unlink$", count=None)
    job = publishing.take_back(live.db).job.id
    assert live.run(job).state == "action_needed"
    publishing.cancel(live.db, job)
    found = publishing.live(live.db)
    assert ([(one.name, one.people) for one in found.menus], found.unsure) == ([("貴賓", 0)], 15)
    live.simulator.faults.clear()
    live.publish()
    assert publishing.live(live.db).unsure == 0
    live.check_usual()


def test_a_press_that_was_stopped_can_be_pressed_again_though_nothing_is_new(live: PublishWorld) -> None:
    live.change("大家", chat_bar_text="新")
    pressed = live.press()
    publisher = live.publisher()
    while live.at_line.menus[live.at_line.default].object["chatBarText"] != "新":
        publisher.step()
    publishing.cancel(live.db, pressed.job.id)
    live.change("大家", chat_bar_text="選單")
    assert not publishing.plan(live.db, TODAY).empty
    live.publish()
    assert at_line(live) == (["選單"], {"選單": 15})


def test_after_taking_back_and_publishing_what_was_before_comes_back(live: PublishWorld) -> None:
    live.run(publishing.take_back(live.db))
    live.change("大家", chat_bar_text="新")
    live.publish()
    pictures = sum("/content" in one.path for one in live.simulator.requests)
    assert publishing.live(live.db).can_restore is not None
    live.run(publishing.restore(live.db))
    assert at_line(live) == (["選單"], {"選單": 15})
    # Nothing was made anew for it.
    assert sum("/content" in one.path for one in live.simulator.requests) == pictures


def test_restored_after_taking_back_there_is_nothing_else_to_restore(live: PublishWorld) -> None:
    live.run(publishing.take_back(live.db))
    live.run(publishing.restore(live.db))
    live.check_usual()
    assert publishing.live(live.db).can_restore is None
    with pytest.raises(UserError, match=r"publishing\.nothing_before"):
        publishing.restore(live.db)


def test_what_line_refuses_for_everybody_counts_for_nobody(live: PublishWorld) -> None:
    live.people(600, first=1_000, level="VIP")
    live.simulator.faults.add("status", status=400, path="/bulk/link$", count=None)
    before = len(live.simulator.requests)
    done = live.run(publishing.refresh_links(live.db))
    assert done.state == "done"
    assert len(live.simulator.requests) - before < 100
    assert told(live) == at_line(live) == (["選單"], {"選單": 15})
    assert done.error is not None
    assert (done.error.key, done.error.params["n"]) == ("publishing.people_refused", 600)
    assert done.error.params["why"] == "Internal Server Error"
    listed = refused.listed(live.db, done.id, limit=2)
    assert [(one.name, one.menu) for one in listed] == [("客0003e8", "貴賓"), ("客0003e9", "貴賓")]
    assert (publishing.newly(live.db).n, publishing.live(live.db).refused) == (0, 600)
    # The next press tries all of them again.
    live.simulator.faults.clear()
    again = live.run(publishing.refresh_links(live.db))
    assert (again.state, again.error, publishing.live(live.db).refused) == ("done", None, 0)
    assert told(live) == at_line(live) == (["選單"], {"選單": 615})


def test_who_is_refused_keeps_her_menu_when_it_was_to_be_taken(live: PublishWorld) -> None:
    live.simulator.configure(foreign_ids={user_id(30)})
    live.set_level([user_id(n) for n in range(26, 41)], "一般")
    done = live.run(publishing.refresh_links(live.db))
    assert told(live) == at_line(live) == (["選單"], {"選單": 1})
    assert [one.menu for one in refused.listed(live.db, done.id, limit=9)] == [None]


def test_between_two_publications_nobody_is_led_back_to_the_earlier(live: PublishWorld) -> None:
    live.people(1, first=999, level="VIP")
    live.simulator.faults.add("status", status=400, path="/bulk/link$", count=None)
    live.set_level([user_id(1)], "VIP")
    live.run(publishing.refresh_links(live.db))
    live.simulator.faults.clear()
    assert publishing.live(live.db).refused == 2
    live.change("貴賓", chat_bar_text="新")
    pressed = live.press()
    publisher = live.publisher()
    while at_line(live)[1].get("新") != 17:
        publisher.step()
    publishing.cancel(live.db, pressed.job.id)
    assert publishing.live(live.db).refused == 0
    with pytest.raises(UserError):
        publishing.refresh_links(live.db)
    live.publish()
    assert at_line(live)[1] == {"新": 17}


def test_line_takes_her_menu_from_somebody_who_was_erased(live: PublishWorld) -> None:
    person = int(live.db.value("SELECT id FROM person WHERE line_user_id = ?", (user_id(30),)))
    assert erasing.preview(live.db, person).menus == 1
    receipt = erasing.keep_receipt(live.db, erasing.erase_from_shop(live.db, person), ())
    assert "leaving.receipt.menus" in [one.key for one in receipt.what]
    assert live.db.value("SELECT count(*) FROM menu_link WHERE line_user_id = ?", (user_id(30),)) == 0
    wanted = publishing.plan(live.db, TODAY)
    assert [one.state for one in wanted.menus] == ["unchanged", "changed"]
    assert "publishing.note_erased" in [one.key for one in wanted.notes]
    live.publish()
    assert user_id(30) not in live.at_line.links
    assert len(live.audience_of("貴賓")) == 14
    assert live.names() == ["大家", "貴賓"]
    # What was before can be brought back, without her.
    live.change("大家", chat_bar_text="新")
    live.publish()
    live.run(publishing.restore(live.db))
    assert live.audience_of("貴賓") == {user_id(n) for n in range(26, 41)} - {user_id(30)}


def test_a_publication_with_a_menu_of_somebody_erased_is_restored_without_it(live: PublishWorld) -> None:
    live.change("貴賓", chat_bar_text="新")
    live.publish()
    person = int(live.db.value("SELECT id FROM person WHERE line_user_id = ?", (user_id(30),)))
    live.db.run("UPDATE menu_link SET menu_id = 2 WHERE line_user_id = ?", (user_id(30),))
    live.at_line.links[user_id(30)] = live.db.value("SELECT rich_menu_id FROM published_menu WHERE id = 2")
    erasing.erase_from_shop(live.db, person)
    live.run(publishing.restore(live.db))
    assert user_id(30) not in live.at_line.links
    assert at_line(live) == (["選單"], {"選單": 14})
    # Its picture goes with the press after that.
    live.change("大家", chat_bar_text="又")
    live.publish()
    kept = "SELECT count(*) FROM published_menu WHERE image IS NOT NULL AND gone_at IS NOT NULL"
    assert live.db.value(kept) == 0


def test_what_is_prepared_is_worked_out_from_what_is_live(live: PublishWorld) -> None:
    assert publishing.prepared(live.db, TODAY) == ()
    live.plan("夏日", menu("夏日", for_whom="level:VIP", starts="2026-08-08", ends="2026-08-31"))
    plans.move(live.db, live.planned["夏日"], before=live.planned["大家"])
    live.set_level([user_id(1)], "VIP")
    morrow = TODAY + timedelta(days=1)
    found = publishing.prepared(live.db, morrow)
    assert [(one.what, one.name, one.people, one.day) for one in found] == [
        ("starts", "夏日", 16, morrow),
        ("newly", "", 1, None),
    ]
    pressed = live.press(morrow)
    assert publishing.prepared(live.db, morrow) == ()
    live.run(pressed)
    after = publishing.prepared(live.db, date(2026, 9, 1))
    assert [(one.what, one.role, one.people) for one in after] == [("ends", "people", 16)]
    erasing.erase_from_shop(
        live.db, int(live.db.value("SELECT id FROM person WHERE line_user_id = ?", (user_id(30),)))
    )
    assert [(one.what, one.name, one.people) for one in publishing.prepared(live.db, morrow)] == [
        ("erased", "夏日", 15)
    ]
    with live.db.transaction():
        shop.put(live.db, "uploads_paused", "1")
    assert publishing.prepared(live.db, TODAY) == ()


def test_publications_are_counted_and_listed_with_what_waits(
    live: PublishWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = Shop(live.shop.path.parent, capsys)
    live.change("大家", chat_bar_text="新")
    live.press()
    assert (overview(live.db).waiting_uploads, overview(live.db).open_uploads) == (1, 1)
    live.restart()
    assert overview(live.db).waiting_uploads == 1
    live.shop.close()
    newest, first = commands.run("outbox")["publications"]
    assert (newest["kind"], newest["state"], newest["confirmed"]) == ("publish", "waiting", False)
    assert (first["state"], first["people"], first["menus"], first["error"]) == ("done", 15, 2, None)
    live.shop = ShopFile.open(live.shop.path)
    publishing.cancel(live.db, newest["id"])
    live.set_level([user_id(1)], "VIP")
    live.shop.close()
    waiting = {"what": "newly", "menu": None, "people": 1, "day": None}
    assert commands.run("outbox")["prepared"] == [waiting]
    assert main(["--shop", str(live.shop.path), "outbox"]) == 0
    said = capsys.readouterr().out.splitlines()
    # What was cancelled before its press waits for none.
    assert t("publishing_page.job_state.cancelled") in said[0]
    assert said[1:] == ["1　圖文選單：發佈　完成　15 位", "等您按：1 位該換圖文選單"]
    live.shop = ShopFile.open(live.shop.path)

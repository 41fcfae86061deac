"""Publishing in a shop's words: who sees which menu, what a press changes and what it leaves, taking back, restoring, people who were
bound since, periods, more than five hundred people, another account, a restored backup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.people.selection import Selection
from desktop.line_api.uploading.uploader import Uploader
from desktop.operations.audiences import audience_editor, audiences
from desktop.operations.history import undoing
from desktop.operations.line import uploading
from desktop.operations.planning import plans, publishing
from desktop.operations.tagging import tagging, tags
from desktop.simulator.simulator import Simulator
from desktop.store import history, shop
from desktop.store.publishing import menus
from tests.scenarios.publish_world import TODAY, PublishWorld, menu, picture, publish_world
from tests.scenarios.upload_world import user_id


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PublishWorld]:
    with publish_world(tmp_path) as made:
        yield made


@pytest.fixture
def live(world: PublishWorld) -> PublishWorld:
    world.usual()
    world.publish()
    return world


def sent(world: PublishWorld, path: str, method: str = "POST") -> int:
    return sum(1 for one in world.simulator.requests if one.method == method and path in one.path)


def test_the_plan_says_what_will_happen_and_nothing_has_happened(world: PublishWorld) -> None:
    world.usual()
    wanted = publishing.plan(world.db, TODAY)
    assert [(one.name, one.role, one.state, one.people) for one in wanted.menus] == [
        ("大家", "default", "new", 0),
        ("貴賓", "people", "new", 15),
    ]
    assert wanted.needs_images == (world.planned["大家"], world.planned["貴賓"])
    assert (wanted.link, wanted.unlink, wanted.default_changes, wanted.hides_managers_menu) == (
        15,
        0,
        True,
        True,
    )
    assert "publishing.note_hides" in [note.key for note in wanted.notes]
    assert not wanted.empty
    assert world.simulator.requests == ()


def test_published_and_listed_in_the_history(live: PublishWorld) -> None:
    live.check_usual()
    newest = history.steps(live.db)[0]
    assert (newest.kind, newest.title.key) == ("publish", "publishing.step_publish")
    assert history.next_undo(live.db) != newest
    with pytest.raises(UserError, match=r"publishing\.nothing_new"):
        publishing.press(live.db, {}, TODAY)


def test_the_first_menu_that_matches_is_hers(world: PublishWorld) -> None:
    world.people(4, level="VIP")
    world.plan("大家", menu())
    world.plan("貴賓", menu("貴賓", for_whom="level:VIP"))
    world.plan("所有人都有等級", menu("等級", for_whom="level:any"))
    world.people(2, first=5, level="一般")
    world.publish()
    assert world.audience_of("貴賓") == {user_id(n) for n in (1, 2, 3, 4)}
    assert world.audience_of("所有人都有等級") == {user_id(5), user_id(6)}
    last = plans.existing(world.db, world.planned["所有人都有等級"])
    plans.move(world.db, last.id, before=world.planned["貴賓"])
    wanted = publishing.plan(world.db, TODAY)
    assert (wanted.link, wanted.rules_change, wanted.needs_images) == (4, True, ())
    world.publish()
    assert len(world.audience_of("所有人都有等級")) == 6
    assert world.audience_of("貴賓") == set()


def test_a_second_press_finds_the_first_on_its_way(world: PublishWorld) -> None:
    world.usual()
    world.press()
    wanted = publishing.plan(world.db, TODAY)
    assert [one.key for one in wanted.problems] == ["publishing.on_its_way"]
    with pytest.raises(UserError, match=r"publishing\.on_its_way"):
        publishing.press(world.db, {}, TODAY)


def test_a_menu_changed_after_its_picture_was_drawn(world: PublishWorld) -> None:
    world.usual()
    world.publish()
    images = world.images(publishing.plan(world.db, TODAY).needs_images)
    world.change("貴賓", chat_bar_text="改了")
    with pytest.raises(UserError, match=r"publishing\.changed_meanwhile"):
        publishing.press(world.db, images, TODAY)


def test_only_what_changed_is_sent_anew(live: PublishWorld) -> None:
    live.change("貴賓", chat_bar_text="貴賓專區")
    wanted = publishing.plan(live.db, TODAY)
    assert [one.state for one in wanted.menus] == ["unchanged", "changed"]
    assert wanted.link == 15
    assert not wanted.hides_managers_menu
    live.publish()
    assert sent(live, "/content") == 3
    live.change("貴賓", for_whom="level:VIP OR level:一般")
    wanted = publishing.plan(live.db, TODAY)
    assert (wanted.needs_images, wanted.link) == ((), 25)
    live.publish()
    assert sent(live, "/content") == 3
    assert len(live.audience_of("貴賓")) == 40


def test_what_two_publications_ago_needed_is_deleted(live: PublishWorld) -> None:
    first = set(live.at_line.menus)
    for text in ("一", "二", "三"):
        live.change("大家", chat_bar_text=text)
        live.publish()
    bars = sorted(one.object["chatBarText"] for one in live.at_line.menus.values())
    assert bars == ["三", "二", "選單"]
    assert len(first & set(live.at_line.menus)) == 1
    assert live.at_line.menus[live.at_line.default].object["chatBarText"] == "三"
    assert len(live.at_line.aliases) == 2
    kept = live.db.column("SELECT gone_at IS NULL = (image IS NOT NULL) FROM published_menu")
    assert kept == [1] * 5


def test_a_menu_that_is_not_planned_any_more(live: PublishWorld) -> None:
    live.change("大家", areas=menu().areas)
    plans.delete(live.db, live.planned["貴賓"])
    wanted = publishing.plan(live.db, TODAY)
    assert (wanted.gone, wanted.unlink) == (("貴賓",), 15)
    live.publish()
    assert live.at_line.links == {}
    live.change("大家", chat_bar_text="新")
    live.publish()
    assert live.names() == ["大家", "大家"]
    assert len(live.at_line.aliases) == 1


def test_taken_back_and_restored(live: PublishWorld) -> None:
    live.simulator.configure(manager_menu=True)
    assert live.run(publishing.take_back(live.db)).state == "done"
    assert (live.at_line.default, live.at_line.links) == (None, {})
    shown = publishing.live(live.db)
    assert shown.menus == ()
    assert shown.can_restore is not None
    with pytest.raises(UserError, match=r"publishing\.nothing_live"):
        publishing.take_back(live.db)
    live.set_level([user_id(1)], "VIP")
    assert live.run(publishing.restore(live.db)).state == "done"
    assert sent(live, "/content") == 2
    assert live.audience_of("貴賓") == {user_id(1), *(user_id(n) for n in range(26, 41))}
    assert live.seen_by(user_id(2)) == "大家"


def test_published_again_after_taking_back_without_making_anything_anew(live: PublishWorld) -> None:
    live.run(publishing.take_back(live.db))
    wanted = publishing.plan(live.db, TODAY)
    assert (wanted.needs_images, wanted.empty, wanted.hides_managers_menu) == ((), False, True)
    live.publish()
    live.check_usual()
    assert sent(live, "/content") == 2


def test_restored_is_the_publication_before_there_and_back(live: PublishWorld) -> None:
    live.change("大家", chat_bar_text="新的")
    live.publish()
    for bar in ("選單", "新的"):
        assert live.run(publishing.restore(live.db)).state == "done"
        assert live.at_line.menus[live.at_line.default].object["chatBarText"] == bar
        assert len(live.audience_of("貴賓")) == 15
    assert len(live.at_line.menus) == 3


def test_nothing_to_restore_after_the_first(live: PublishWorld) -> None:
    assert publishing.live(live.db).can_restore is None
    with pytest.raises(UserError, match=r"publishing\.nothing_before"):
        publishing.restore(live.db)


def test_newly_bound_people_get_their_menu_with_one_press(live: PublishWorld) -> None:
    live.set_level([user_id(n) for n in (1, 2, 3)], "VIP")
    live.set_level([user_id(40)], "一般")
    found = publishing.newly(live.db)
    assert (found.n, found.to_menu, found.to_default) == (4, (("貴賓", 3),), 1)
    before = len(live.simulator.requests)
    assert live.run(publishing.refresh_links(live.db)).state == "done"
    made = [one.path for one in list(live.simulator.requests)[before:]]
    assert made == ["/v2/bot/info", "/v2/bot/richmenu/bulk/link", "/v2/bot/richmenu/bulk/unlink"]
    assert live.audience_of("貴賓") == {user_id(n) for n in (1, 2, 3, *range(26, 40))}
    assert publishing.newly(live.db).n == 0
    with pytest.raises(UserError, match=r"publishing\.nobody_waits"):
        publishing.refresh_links(live.db)
    # What is live stays what it was: the publication before is still the one before.
    assert publishing.live(live.db).can_restore is None


def test_who_blocked_the_account_keeps_what_she_has_and_gets_nothing_new(live: PublishWorld) -> None:
    live.db.run(
        "UPDATE person SET blocked = 1, level = 'VIP' WHERE line_user_id IN (?, ?)", (user_id(1), user_id(26))
    )
    live.db.run("UPDATE person SET friend = 0, level = '一般' WHERE line_user_id = ?", (user_id(27),))
    assert publishing.newly(live.db).n == 0


def test_who_is_deleted_loses_her_menu(live: PublishWorld) -> None:
    live.db.run("DELETE FROM person WHERE line_user_id = ?", (user_id(30),))
    assert publishing.newly(live.db).to_default == 1
    live.run(publishing.refresh_links(live.db))
    assert user_id(30) not in live.at_line.links


def test_more_than_five_hundred_people(world: PublishWorld) -> None:
    world.usual()
    world.people(1_237, first=1_000, level="VIP")
    world.publish()
    assert len(world.audience_of("貴賓")) == 1_252
    assert sent(world, "/bulk/link") == 3
    world.set_level([user_id(n) for n in range(1_000, 2_237)], "一般")
    assert publishing.newly(world.db).n == 1_237
    world.run(publishing.refresh_links(world.db))
    assert sent(world, "/bulk/unlink") == 3
    world.check_usual()


def test_an_id_line_refuses_does_not_keep_the_others_from_their_menu(world: PublishWorld) -> None:
    world.usual()
    world.people(300, first=1_000, level="VIP")
    bad = {user_id(1_007), user_id(1_299), user_id(26)}
    world.simulator.configure(foreign_ids=bad)
    world.publish()
    assert "halved_saved" in world.passed
    wanted = {user_id(n) for n in (*range(26, 41), *range(1_000, 1_300))}
    assert world.audience_of("貴賓") == wanted - bad
    # LINE takes these IDs for nobody: they are not asked for over and over, but the next press tries them again.
    assert publishing.newly(world.db).n == 0
    assert publishing.live(world.db).refused == publishing.plan(world.db, TODAY).link == 3
    assert {one.people for one in publishing.live(world.db).menus} == {0, 312}


def test_malformed_ids_never_leave(world: PublishWorld) -> None:
    world.usual()
    world.db.run(
        "INSERT INTO person (name, line_user_id, level, orders, total) VALUES ('壞', 'u123', 'VIP', 0, 0)"
    )
    world.publish()
    world.check_usual()


def test_periods(world: PublishWorld) -> None:
    world.people(3)
    world.plan("母親節", menu("母親節", starts="2026-08-06", ends="2026-08-09"))
    world.plan("平常", menu())
    before, during, after = date(2026, 8, 5), TODAY, date(2026, 8, 10)
    assert publishing.due(world.db, before) == []
    world.publish(before)
    assert world.seen_by(user_id(1)) == "平常"
    (begins,) = publishing.due(world.db, during)
    assert (begins.what, begins.name, begins.day) == ("starts", "母親節", date(2026, 8, 6))
    world.publish(during)
    assert world.seen_by(user_id(1)) == "母親節"
    assert publishing.due(world.db, during) == []
    (ends,) = publishing.due(world.db, after)
    assert (ends.what, ends.day) == ("ends", date(2026, 8, 9))
    world.publish(after)
    assert world.seen_by(user_id(1)) == "平常"
    assert publishing.due(world.db, after) == []


def test_problems_are_told_before_anything_is_pressed(world: PublishWorld) -> None:
    def problems() -> list[str]:
        return [one.key for one in publishing.plan(world.db, TODAY).problems]

    assert problems() == ["publishing.nothing_planned"]
    other = world.plan("以後", menu(starts="2027-01-01"))
    world.plan("大家", menu(switch=other))
    assert problems() == ["publishing.switch_missing"]
    world.change("大家", areas=menu().areas, chat_bar_text="這一列的文字超過了十四個字所以不行")
    assert problems() == ["publishing.menu_wrong"]
    world.change("大家", chat_bar_text="選單", for_whom="levl:VIP")
    assert problems() == ["publishing.query_wrong"]
    world.change("大家", for_whom="")
    assert problems() == []
    shop.put(world.db, "line_account", "")
    assert problems() == ["publishing.no_account"]
    with pytest.raises(UserError, match=r"publishing\.no_account"):
        publishing.press(world.db, {}, TODAY)


def test_a_menu_line_refuses_changes_nothing_else(world: PublishWorld) -> None:
    world.usual()
    wanted = publishing.plan(world.db, TODAY)
    wrong = {one: publishing.MenuImage(picture(2_500, 1_686), "image/png") for one in wanted.needs_images}
    done = world.run(publishing.press(world.db, wrong, TODAY))
    assert (done.state, done.error.key if done.error else "") == ("refused", "publishing.refused_menu")
    assert (world.at_line.default, world.at_line.links, world.at_line.aliases) == (None, {}, {})
    assert world.db.value("SELECT count(*) FROM publishing_person") == 0
    # The half-made menu goes with the next publication.
    world.publish()
    world.check_usual()


def test_cancelled_in_the_middle_and_put_right_by_the_next(world: PublishWorld) -> None:
    world.usual()
    world.people(600, first=1_000, level="VIP")
    world.simulator.faults.add("status", status=500, path="/bulk/link$", count=None, skip=1)
    job = world.press().job.id
    assert world.run(job).state == "action_needed"
    publishing.cancel(world.db, job)
    world.simulator.faults.clear()
    shown = publishing.live(world.db).menus
    assert [(one.name, one.role, one.people) for one in shown] == [
        ("大家", "default", 0),
        ("貴賓", "people", 500),
    ]
    assert len(world.at_line.links) == 500
    assert publishing.plan(world.db, TODAY).needs_images == ()
    world.set_level([user_id(n) for n in range(1_000, 1_600)], "一般")
    world.publish()
    world.check_usual()


def test_a_menu_somebody_deleted_at_line(live: PublishWorld) -> None:
    gone = live.at_line.menus[live.at_line.links[user_id(30)]]
    live.at_line.delete(gone)
    live.set_level([user_id(1)], "VIP")
    job = publishing.refresh_links(live.db).job.id
    found = live.run(job)
    assert (found.state, found.error.key if found.error else "") == ("action_needed", "publishing.menu_gone")
    publishing.cancel(live.db, job)
    live.set_level([user_id(1)], "一般")
    assert publishing.plan(live.db, TODAY).needs_images == (live.planned["貴賓"],)
    live.publish()
    live.check_usual()


def test_looking_learns_what_somebody_did_at_line(live: PublishWorld) -> None:
    live.at_line.delete(live.at_line.menus[live.at_line.default])
    assert publishing.plan(live.db, TODAY).empty
    publishing.look_at_line(live.client(), live.in_database)
    wanted = publishing.plan(live.db, TODAY)
    assert (wanted.default_changes, wanted.needs_images) == (True, (live.planned["大家"],))
    live.publish()
    live.check_usual()


def test_another_account(live: PublishWorld, tmp_path: Path) -> None:
    live.change("大家", chat_bar_text="新")
    pressed = live.press()
    with Simulator() as other:
        other.configure_account(user_id="U" + "ee" * 16)
        own, live.simulator = live.simulator, other
        found = live.run(pressed)
        assert (found.state, found.error.key if found.error else "") == (
            "action_needed",
            "publishing.other_account",
        )
        assert other.state.menus.menus == {}
        publishing.cancel(live.db, pressed.job.id)
        live.connect()
        wanted = publishing.plan(live.db, TODAY)
        assert [one.state for one in wanted.menus] == ["new", "new"]
        assert wanted.link == 15
        live.publish()
        assert live.names() == ["大家", "貴賓"]
        assert len(live.at_line.links) == 15
        live.simulator = own
        live.connect()
    live.change("大家", chat_bar_text="選單")
    assert publishing.plan(live.db, TODAY).empty
    live.check_usual()


def test_a_backup_from_before_a_publication(live: PublishWorld) -> None:
    """The restored file knows of the first publication; LINE has the second, with other people in it."""
    backup = live.shop.path.with_name("backup.tagline")
    live.db.run("VACUUM INTO ?", (str(backup),))
    live.change("貴賓", chat_bar_text="之後的")
    live.set_level([user_id(n) for n in range(1, 6)], "VIP")
    live.publish()
    assert len(live.at_line.links) == 20
    restore_file(live, backup)
    assert publishing.live(live.db).doubtful
    assert [one.key for one in publishing.plan(live.db, TODAY).problems] == ["publishing.doubtful"]
    for press in (publishing.take_back, publishing.restore, publishing.refresh_links):
        with pytest.raises(UserError, match=r"publishing\.doubtful"):
            press(live.db)
    publishing.look_at_line(live.client(), live.in_database)
    assert not publishing.plan(live.db, TODAY).empty
    live.publish()
    live.check_usual()


def test_a_job_of_a_restored_backup_does_not_go_out(live: PublishWorld) -> None:
    live.change("貴賓", chat_bar_text="之後的")
    pressed = live.press()
    backup = live.shop.path.with_name("backup.tagline")
    live.db.run("VACUUM INTO ?", (str(backup),))
    assert live.run(pressed).state == "done"
    restore_file(live, backup)
    assert publishing.existing(live.db, pressed.job.id).state == "cancelled"
    publishing.look_at_line(live.client(), live.in_database)
    live.publish()
    bars = sorted(one.object["chatBarText"] for one in live.at_line.menus.values())
    assert bars == ["之後的", "選單", "選單"]
    assert {live.at_line.menus[one].object["chatBarText"] for one in live.at_line.links.values()} == {
        "之後的"
    }


def test_a_backup_that_knows_of_no_publication(world: PublishWorld) -> None:
    world.usual()
    backup = world.shop.path.with_name("backup.tagline")
    world.db.run("VACUUM INTO ?", (str(backup),))
    world.set_level([user_id(n) for n in range(1, 6)], "VIP")
    world.publish()
    restore_file(world, backup)
    publishing.look_at_line(world.client(), world.in_database)
    world.publish()
    world.check_usual()


def restore_file(world: PublishWorld, backup: Path) -> None:
    """A backup takes the shop's place; the pause after it has ended."""
    from desktop.store.shop_file import ShopFile

    world.shop.close()
    backup.replace(world.shop.path)
    world.shop = ShopFile.open(world.shop.path)
    publishing.after_restart(world.db)
    shop.put(world.db, "uploads_paused", "1")
    uploading.check_restored(
        Uploader(world.client(), world.in_database, clock=world.clock), world.in_database
    )


def test_nothing_goes_out_while_uploads_are_paused(world: PublishWorld) -> None:
    world.usual()
    world.press()
    shop.put(world.db, "uploads_paused", "1")
    assert world.publisher().step() is None
    with pytest.raises(UserError, match=r"outbox\.paused"):
        publishing.confirm(world.db, 1)
    assert world.simulator.requests == ()


def test_insight_is_read_back(live: PublishWorld) -> None:
    day = timedelta(days=1).total_seconds()
    publishing.read_insight(live.client(), live.in_database)
    assert [one.insight for one in publishing.live(live.db).menus] == [None, None]
    live.db.run("UPDATE published_menu SET created_at = '2026-01-01T00:00:00.000000Z'")
    for one in live.at_line.menus.values():
        one.created -= 10 * day
    publishing.read_insight(live.client(), live.in_database)
    default, vip = publishing.live(live.db).menus
    assert default.insight is not None
    assert (default.insight.viewers or 0) > 1_000
    assert len(default.insight.clicks) == 2
    assert default.insight.clicks[0][0] == (0, 0, 1250, 843)
    days = default.insight.days
    assert (len(days), days[-1].day) == (10, default.insight.until)
    assert sum(one.impressions for one in days) == default.insight.impressions
    assert sum(one.taps for one in days) == sum(taps for _, taps, _ in default.insight.clicks)
    # Fifteen people: LINE tells nothing, and is not asked for their days.
    assert sent(live, "/daily", "GET") == 1
    assert vip.insight is not None
    assert (vip.insight.impressions, vip.insight.clicks, vip.insight.days) == (None, (), ())
    # A file of before keeps the areas alone.
    live.db.run("UPDATE menu_insight SET clicks = clicks ->> 'areas'")
    before = publishing.live(live.db).menus[0].insight
    assert before is not None
    assert (before.clicks, before.days) == (default.insight.clicks, ())


def test_the_mark_of_a_menu_stands_in_its_name_and_nowhere_a_friend_looks(live: PublishWorld) -> None:
    for one in menus.at_line(live.db, live.account):
        assert one.key in str(one.object["name"])
        assert one.key not in str({name: part for name, part in one.object.items() if name != "name"})


def test_the_default_of_another_program_is_told_of_before_it_is_replaced(world: PublishWorld) -> None:
    world.usual()
    others = world.at_line.create({**_foreign(), "name": "平台的"}, 0.0)
    world.at_line.put_picture(others, picture(), "image/png")
    world.at_line.default = others.id
    publishing.look_at_line(world.client(), world.in_database)
    notes = [note.key for note in publishing.plan(world.db, TODAY).notes]
    assert notes == ["publishing.note_other_program"]
    world.publish()
    # It stays at LINE: only menus of this shop are ever deleted.
    assert others.id in world.at_line.menus
    world.run(publishing.take_back(world.db))
    world.change("大家", chat_bar_text="新")
    for _ in range(2):
        world.publish()
        world.change("大家", chat_bar_text="更新")
    assert others.id in world.at_line.menus


def _foreign() -> dict[str, object]:
    size = {"width": 2500, "height": 843}
    return {"size": size, "selected": True, "chatBarText": "選單", "areas": []}


def test_a_live_query_that_has_a_mistake_by_now(live: PublishWorld) -> None:
    live.db.run("UPDATE publishing_menu SET query = 'levl:VIP' WHERE role = 'people'")
    found = publishing.newly(live.db)
    assert (found.n, found.problem is not None) == (0, True)


def test_what_was_taken_back_on_purpose_is_not_due(world: PublishWorld) -> None:
    world.plan("夏天", menu(starts="2026-08-01"))
    assert [one.what for one in publishing.due(world.db, TODAY)] == ["starts"]
    world.publish()
    world.run(publishing.take_back(world.db))
    assert publishing.due(world.db, TODAY) == []


def test_a_block_whose_fate_nobody_knows_is_put_right_after_cancelling(live: PublishWorld) -> None:
    """LINE took it, the answer never came, the owner gave up: nobody keeps a menu that is not hers."""
    live.set_level([user_id(n) for n in range(1, 11)], "VIP")
    live.simulator.faults.add("cut_after", path="/bulk/link$", count=None)
    job = publishing.refresh_links(live.db).job.id
    assert live.run(job).state == "action_needed"
    publishing.cancel(live.db, job)
    live.simulator.faults.clear()
    assert len(live.audience_of("貴賓")) == 25
    live.set_level([user_id(n) for n in range(1, 11)], "一般")
    assert publishing.newly(live.db).to_default == 10
    live.run(publishing.refresh_links(live.db))
    live.check_usual()


def test_a_tag_and_an_audience_with_another_name(world: PublishWorld) -> None:
    """What is live follows the name; what is edited in a plan counts from the next publication on."""
    world.people(10)
    chosen = Selection.of(world.db.column("SELECT id FROM person WHERE id <= 4"))
    tagging.tag(world.db, chosen, "老客")
    saved = audiences.save(world.db, "熟人", "tag:老客").audience
    world.plan("大家", menu())
    world.plan("老客", menu("老", for_whom="tag:老客"))
    world.plan("熟人", menu("熟", for_whom="audience:熟人 OR tag:沒有"))
    world.publish()
    assert len(world.audience_of("老客")) == 4
    renamed = tags.rename(world.db, "老客", "常客")
    audience_editor.save_as(world.db, saved.id, "好朋友", "tag:常客")
    assert publishing.newly(world.db) == publishing.Newly(0)
    assert publishing.plan(world.db, TODAY).empty
    assert [one.query for one in publishing.live(world.db).menus][1] == "tag:常客"
    undoing.undo(world.db)
    assert renamed.step is not None
    undoing.undo(world.db, renamed.step)
    assert publishing.newly(world.db).n == 0
    world.change("老客", for_whom="level:any")
    assert publishing.newly(world.db).n == 0
    assert publishing.plan(world.db, TODAY).link == 6


def test_a_job_that_ended_early_leaves_no_pictures_line_never_saw(world: PublishWorld) -> None:
    world.usual()
    publishing.cancel(world.db, world.press().job.id)
    assert world.db.column("SELECT image IS NULL AND gone_at IS NOT NULL FROM published_menu") == [1, 1]
    assert world.simulator.requests == ()
    world.publish()
    world.check_usual()


def test_more_menus_than_line_lets_us_make_in_an_hour(world: PublishWorld) -> None:
    """Of LINE's hundred an hour half is ours; the rest waits for the next hour by itself."""
    world.people(1)
    first = world.plan("第 0 個", menu())
    for number in range(1, 55):
        world.plan(f"第 {number} 個", menu(switch=first))
    began = world.clock.now
    world.publish()
    assert len(world.at_line.menus) == 55
    assert world.clock.now - began > 3_000
    assert "line.used_up" not in [one.key for one in publishing.plan(world.db, TODAY).problems]
    assert publishing.plan(world.db, TODAY).empty

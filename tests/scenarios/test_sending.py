"""Sending from here as an owner meets it: switched off at first, the number typed, LINE's quota and LINE's refusals in words, a test
to herself, and nothing about people in what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.line_api.errors import OutcomeUnknown, Refused
from desktop.line_api.uploading.uploader import Uploader
from desktop.operations.line import sending, syncing, uploading
from desktop.store import history, shop
from desktop.store.line import sends
from tests.scenarios.restored import paused_by_a_restore
from tests.scenarios.send_world import PEOPLE, TEXT, SendWorld, send_world
from tests.scenarios.upload_world import user_id


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SendWorld]:
    with send_world(tmp_path) as made:
        yield made


def key_of(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.text.key


def posts(world: SendWorld) -> list[str]:
    """Paths of requests after which people would have a message."""
    ends = ("/message/narrowcast", "/message/push")
    return [one.path for one in world.simulator.requests if one.method == "POST" and one.path.endswith(ends)]


def test_off_until_the_owner_switches_it_on(world: SendWorld) -> None:
    sending.switch(world.db, on=False)
    assert not sending.switched_on(world.db)
    with pytest.raises(UserError) as error:
        world.draft()
    assert key_of(error) == "sending.off"
    sending.switch(world.db, on=True)
    drafted = world.draft()
    sending.switch(world.db, on=False)
    with pytest.raises(UserError) as error:
        sending.press(world.db, drafted.id, PEOPLE)
    assert key_of(error) == "sending.off"
    assert world.narrowcaster().step() is None
    assert posts(world) == []


def test_nothing_is_sent_while_uploads_are_paused_after_a_restore(world: SendWorld) -> None:
    drafted = world.draft()
    shop.put(world.db, "uploads_paused", "1")
    with pytest.raises(UserError) as error:
        sending.press(world.db, drafted.id, PEOPLE)
    assert key_of(error) == "outbox.paused"


def test_drafts_of_a_restored_backup_may_have_been_sent_since(world: SendWorld) -> None:
    drafted, pressed = world.draft(), world.press()
    paused_by_a_restore(world.db)
    uploading.check_restored(Uploader(world.client(), world.in_database), world.in_database)
    withdrawn = sending.existing(world.db, drafted.id)
    assert (withdrawn.state, withdrawn.error.key if withdrawn.error else "") == (
        "cancelled",
        "sending.restored",
    )
    with pytest.raises(UserError):
        sending.press(world.db, drafted.id, PEOPLE)
    # What was pressed has its key: LINE tells by it, after one more press.
    assert [one.id for one in sending.waiting_for_a_press(world.db)] == [pressed.id]
    assert world.narrowcaster().step() is None
    sending.confirm(world.db, pressed.id)
    assert world.run(pressed.id).state == "sent"


@pytest.mark.parametrize("typed", [0, 29, 31, -30, 300])
def test_another_number_sends_nothing(world: SendWorld, typed: int) -> None:
    drafted = world.draft()
    assert sending.people_of(world.db, drafted) == PEOPLE
    with pytest.raises(UserError) as error:
        sending.press(world.db, drafted.id, typed)
    assert key_of(error) == "sending.wrong_number"
    assert sending.existing(world.db, drafted.id).state == "draft"
    assert world.narrowcaster().step() is None
    assert posts(world) == []


def test_a_second_press_does_nothing(world: SendWorld) -> None:
    pressed = world.press()
    with pytest.raises(UserError) as error:
        sending.press(world.db, pressed.id, PEOPLE)
    assert key_of(error) == "sending.no_draft"
    assert world.run().state == "sent"
    assert world.accepted_by_line == 1


@pytest.mark.parametrize(
    ("messages", "key"),
    [
        ([], "sending.how_many_messages"),
        ([sending.text_message("一")] * 6, "sending.how_many_messages"),
        ([sending.text_message("一"), sending.text_message(" \n")], "sending.empty_text"),
        ([sending.text_message("🍎" * 2_501)], "sending.long_text"),
    ],
)
def test_rules_that_need_no_line(world: SendWorld, messages: list[dict[str, str]], key: str) -> None:
    with pytest.raises(UserError) as error:
        sending.draft(world.db, 1, messages)
    assert key_of(error) == key
    assert sending.draft(world.db, 1, [sending.text_message("🍎" * 2_500)]).send.state == "draft"


def test_line_names_the_message_it_does_not_take(world: SendWorld) -> None:
    picture = {
        "type": "image",
        "originalContentUrl": "http://example.com/a.png",
        "previewImageUrl": "https://a.b/c",
    }
    wanted = [sending.text_message(TEXT), picture]
    with pytest.raises(Refused) as error:
        sending.validate(world.client(), wanted)
    assert error.value.text.key == "line.wrong_message"
    assert error.value.text.params["where"] == "messages[1].originalContentUrl"
    sending.press(world.db, sending.draft(world.db, 1, wanted).send.id, PEOPLE)
    found = world.run()
    assert (found.state, found.error.key if found.error else "") == ("refused", "line.wrong_message")
    assert world.accepted_by_line == 0


def test_drafts_are_rewritten_and_thrown_away(world: SendWorld) -> None:
    drafted = world.draft()
    changed = sending.rewrite(world.db, drafted.id, [sending.text_message("改好了")], silent=True).send
    assert (changed.messages, changed.silent) == (({"type": "text", "text": "改好了"},), True)
    sending.discard(world.db, drafted.id)
    assert sending.all_sends(world.db) == []
    pressed = world.press()
    for wrong in (
        lambda: sending.discard(world.db, pressed.id),
        lambda: sending.rewrite(world.db, pressed.id, [sending.text_message("晚了")]),
    ):
        with pytest.raises(UserError) as error:
            wrong()
        assert key_of(error) == "sending.no_draft"


def test_what_it_needs_is_told_before(world: SendWorld) -> None:
    shown = sending.estimate(world.client(), world.in_database, world.draft().id)
    assert (shown.people, shown.quota.left, shown.missing, shown.reserved, shown.ready) == (
        PEOPLE,
        2_214,
        0,
        PEOPLE,
        True,
    )
    assert [one.key for one in shown.notes] == ["sending.note_people", "sending.note_left"]
    world.simulator.configure_account(used=2_990)
    short = sending.estimate(world.client(), world.in_database, world.draft().id)
    assert (short.missing, short.reserved) == (20, 10)
    assert short.notes[-1].key == "sending.note_missing"
    world.simulator.configure_account(plan_quota=None)
    free = sending.estimate(world.client(), world.in_database, world.draft().id)
    assert (free.missing, free.reserved) == (0, PEOPLE)
    assert posts(world) == []


def test_what_line_would_reserve_without_a_limit_is_told(world: SendWorld) -> None:
    drafted = world.draft()
    shop.put_json(world.db, "line_figures", {"targetedReaches": 5_230})
    told = sending.estimate(world.client(), world.in_database, drafted.id)
    assert (told.target_reach, told.reserved, told.notes[-1].key) == (5_230, PEOPLE, "sending.note_reserved")
    assert told.notes[-1].params == {"reach": 5_230, "reserved": PEOPLE}
    syncing.set_by_hand(world.db, date(2026, 10, 1), followers=6_000, target_reach=12)
    few = sending.estimate(world.client(), world.in_database, drafted.id)
    assert (few.target_reach, few.reserved) == (12, 12)


def test_a_small_quota_reaches_an_audience_though_not_all_friends(world: SendWorld) -> None:
    """The free plan's trap: without a limit LINE would set aside messages for all 5,230 friends."""
    world.simulator.configure_account(plan_quota=200, used=150)
    world.press()
    assert world.run().success_count == PEOPLE
    assert world.simulator.state.account.used == 180


def test_a_quota_that_does_not_reach(world: SendWorld) -> None:
    world.simulator.configure_account(plan_quota=200, used=190)
    world.press()
    found = world.run()
    assert (found.state, found.error.key if found.error else "") == ("action_needed", "sending.quota_short")
    assert posts(world) == []
    sending.cancel(world.db, found.id)
    again = sending.press(world.db, world.draft().id, PEOPLE, up_to_quota=True).send
    some = world.run(again.id)
    assert (some.state, some.success_count, world.simulator.state.account.used) == ("sent", 10, 200)


def test_messages_reserved_by_another_sending(world: SendWorld) -> None:
    world.simulator.configure(waiting_polls=100)
    world.simulator.configure_account(plan_quota=820)
    first = world.press()
    world.narrowcaster().run(first.id, until_sent=False)
    second = world.press()
    found = world.narrowcaster().run(second.id, until_sent=False)
    assert found is not None
    assert (found.state, found.error.key if found.error else "") == ("refused", "line.month_used_up")
    assert world.accepted_by_line == 1


def test_an_audience_that_is_gone_or_not_ready(world: SendWorld) -> None:
    world.press()
    world.simulator.advance(181 * 86_400)
    found = world.run()
    assert found.error is not None
    # The press is a day old by LINE's clock only; by this computer's it is fresh.
    assert (found.state, found.error.key) == ("action_needed", "sending.not_ready")
    world.simulator.delete_audience(world.group)
    sending.confirm(world.db, found.id)
    gone = world.run()
    assert (gone.state, gone.error.key if gone.error else "") == ("refused", "line.audience_gone")
    assert posts(world) == []


def test_another_account_is_connected_meanwhile(world: SendWorld) -> None:
    world.press()
    world.simulator.faults.add("cut_after", path="/message/narrowcast$")
    narrowcaster = world.narrowcaster()
    narrowcaster.step()
    assert sending.existing(world.db, 1).state == "unknown"
    world.simulator.configure_account(user_id="U" + "ee" * 16)
    found = world.run()
    assert (found.state, found.error.key if found.error else "") == ("action_needed", "sending.other_account")
    assert world.accepted_by_line == 1


def test_a_token_that_is_no_good_stops_it(world: SendWorld) -> None:
    narrowcaster = world.narrowcaster()
    world.press()
    world.simulator.reissue_token()
    found = world.run(1, narrowcaster)
    assert (found.state, found.error.key if found.error else "") == ("action_needed", "line.sign_in_again")
    sending.confirm(world.db, 1)
    assert world.run().state == "sent"


@pytest.mark.parametrize(
    ("code", "state", "key"),
    [
        (1, "failed", "sending.failed_internal"),
        (2, "failed", "sending.failed_too_few"),
        (3, "sent", "sending.no_request_id"),
        (4, "failed", "sending.failed_small_audience"),
        (5, "failed", "sending.failed_partial"),
    ],
)
def test_line_fails_after_it_accepted(world: SendWorld, code: int, state: str, key: str) -> None:
    world.simulator.configure(failing_sends=1, send_error_code=code)
    world.press()
    found = world.run()
    assert (found.state, found.error.key if found.error else "") == (state, key)


def test_progress_that_line_forgot(world: SendWorld) -> None:
    world.press()
    world.narrowcaster().run(1, until_sent=False)
    world.simulator.advance(15 * 86_400)
    found = world.run()
    assert (found.state, found.error.key if found.error else "") == ("sent", "sending.progress_gone")


def test_cancelling(world: SendWorld) -> None:
    world.press()
    assert sending.cancel(world.db, 1).send.state == "cancelled"
    assert world.narrowcaster().step() is None
    world.press()
    world.simulator.faults.add("cut_after", path="/message/narrowcast$")
    world.narrowcaster().step()
    lost = sending.cancel(world.db, 2).send
    assert (lost.state, lost.error.key if lost.error else "") == ("lost", "sending.perhaps_sent")
    with pytest.raises(UserError) as error:
        sending.cancel(world.db, 2)
    assert key_of(error) == "sending.cannot_cancel"


def test_people_who_blocked_the_account_are_no_failure(world: SendWorld) -> None:
    people = {
        user_id(number): {"display_name": "客", "blocked": number > 25} for number in range(1, PEOPLE + 1)
    }
    world.simulator.seed(people)
    world.press()
    found = world.run()
    assert (found.state, found.target_count, found.success_count, found.failure_count) == ("sent", 25, 25, 0)


def test_a_test_message_to_oneself(world: SendWorld) -> None:
    me = world.db.insert(
        "INSERT INTO person (name, line_user_id, orders, total) VALUES ('我', ?, 0, 0)", (user_id(7),)
    )
    used = world.simulator.state.account.used
    world.simulator.faults.add("cut_after", path="/message/push$")
    sent = sending.send_test(world.client(), world.in_database, [sending.text_message(TEXT)], me).send
    assert (sent.kind, sent.state, world.simulator.state.account.used) == ("test", "sent", used + 1)
    assert sent.request_id
    world.simulator.configure(foreign_ids={user_id(7)})
    with pytest.raises(Refused):
        sending.send_test(world.client(), world.in_database, [sending.text_message(TEXT)], me)
    world.simulator.configure(foreign_ids=set())
    world.simulator.faults.add("cut_before", path="/message/push$", count=3)
    with pytest.raises(OutcomeUnknown):
        sending.send_test(world.client(), world.in_database, [sending.text_message(TEXT)], me)
    assert [one.state for one in sending.all_sends(world.db)] == ["lost", "refused", "sent"]
    nobody = world.db.insert("INSERT INTO person (name, orders, total) VALUES ('無', 0, 0)")
    with pytest.raises(UserError) as error:
        sending.send_test(world.client(), world.in_database, [sending.text_message(TEXT)], nobody)
    assert key_of(error) == "sending.no_user_id"


def test_a_test_message_goes_out_with_the_switch_off_but_not_after_a_restore(world: SendWorld) -> None:
    me = world.db.insert(
        "INSERT INTO person (name, line_user_id, orders, total) VALUES ('我', ?, 0, 0)", (user_id(7),)
    )
    sending.switch(world.db, False)
    used = world.simulator.state.account.used
    sent = sending.send_test(world.client(), world.in_database, [sending.text_message(TEXT)], me).send
    assert (sent.state, world.simulator.state.account.used) == ("sent", used + 1)
    assert not sending.switched_on(world.db)
    shop.put(world.db, "uploads_paused", "1")
    with pytest.raises(UserError) as error:
        sending.send_test(world.client(), world.in_database, [sending.text_message(TEXT)], me)
    assert (key_of(error), world.simulator.state.account.used) == ("outbox.paused", used + 1)


def test_the_log_of_sendings_names_nobody(world: SendWorld) -> None:
    me = world.db.insert(
        "INSERT INTO person (name, line_user_id, orders, total) VALUES ('陳美玲', ?, 0, 0)", (user_id(3),)
    )
    sending.send_test(world.client(), world.in_database, [sending.text_message(TEXT)], me)
    world.press()
    world.run(2)
    kept = repr(world.db.all("SELECT * FROM send")) + repr([one.title for one in history.steps(world.db)])
    assert user_id(3) not in kept
    assert "陳美玲" not in kept
    newest, first = sending.all_sends(world.db)
    assert (newest.audience, newest.people, newest.state, first.kind) == ("熟客", PEOPLE, "sent", "test")
    assert [one.kind for one in history.steps(world.db)] == ["send", "send"]
    assert not any(one.undoable for one in history.steps(world.db))


def test_an_erased_upload_leaves_the_log(world: SendWorld) -> None:
    world.press()
    world.run()
    world.db.run("DELETE FROM upload WHERE id = 1")
    (kept,) = sends.sends(world.db)
    assert (kept.upload_id, kept.audience, kept.state) == (None, "熟客", "sent")

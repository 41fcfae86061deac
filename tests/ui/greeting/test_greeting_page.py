"""The page of greetings: begun from a kind of shop, saved by itself, undone by the shop's undo, checked, and let out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.greeting.balloons import (
    Card,
    Cards,
    Coupon,
    Greeting,
    Insert,
    Picture,
    RichMessage,
    Text,
)
from desktop.core.planning.greeting.line_messages import line_messages
from desktop.operations.history import undoing
from desktop.operations.planning import greetings, plans
from desktop.operations.planning.greetings import GreetingPlan
from desktop.simulator.simulator import Simulator
from desktop.store.planning import pictures
from desktop.ui.desk import Desk
from desktop.ui.greeting.balloons.picture_editor import PictureEditor
from desktop.ui.greeting.balloons.text_editor import TextEditor
from desktop.ui.greeting.out.copy_dialog import CopyDialog
from desktop.ui.greeting.out.json_dialog import JsonDialog
from desktop.ui.greeting.page import GreetingPage
from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import FakeDialogs, open_page, settle

WELCOME = Greeting(name="秋季版", balloons=(Text((Insert.FRIEND, "，歡迎加入", Insert.ACCOUNT)),))


def kept(desk: Desk) -> list[GreetingPlan]:
    return greetings.all_greetings(desk.jobs.page_reader)


def keep(window: MainWindow, desk: Desk, qtbot: QtBot, greeting: Greeting) -> int:
    """Put a greeting into the shop file; returns its number."""
    made: list[int] = []
    desk.jobs.write(
        lambda db, ctx: greetings.save(db, None, greeting),
        owner=desk.jobs,
        then=lambda outcome: made.append(outcome.plan.id),
    )
    settle(window, qtbot)
    return made[0]


def open_greeting(window: MainWindow, qtbot: QtBot, **arguments: int) -> GreetingPage:
    return cast(GreetingPage, open_page(window, "greeting", qtbot, **arguments))


def text_of(page: GreetingPage, index: int = 0) -> TextEditor:
    editor = page.work.list.cards[index].editor
    assert isinstance(editor, TextEditor)
    return editor


def flush(page: GreetingPage, window: MainWindow, qtbot: QtBot) -> None:
    page.draft.flush()
    settle(window, qtbot)


def on_the_phone(page: GreetingPage) -> list[str]:
    return [str(message.get("text", message["type"])) for message in page.work.panel.phone.chat.messages]


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot) -> GreetingPage:
    """The page with one greeting of one text."""
    keep(window, desk, qtbot, WELCOME)
    return open_greeting(window, qtbot)


def test_a_shop_without_a_greeting_is_asked_what_it_is(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = open_greeting(window, qtbot)
    assert page.is_choosing
    assert len(page.templates.tiles) == 10
    assert not page.test.isVisible()
    page.templates.tiles[0].click()
    settle(window, qtbot)
    assert not page.is_choosing
    (only,) = kept(desk)
    assert only.greeting.shop_kind == page.templates.tiles[0].kind
    assert page.work.list.balloons == only.greeting.balloons
    assert [row.variant.plan_id for row in page.work.side.variants.rows] == [only.id]
    assert "日日咖啡" in on_the_phone(page)[0]


def test_what_is_written_is_seen_at_once_and_saved_by_itself(
    page: GreetingPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    field = text_of(page).field
    field.setFocus()
    field.moveCursor(field.textCursor().MoveOperation.End)
    qtbot.keyClicks(field, " Hi")
    assert on_the_phone(page) == ["怡君，歡迎加入日日咖啡 Hi"]
    assert not page.draft.is_saved
    qtbot.waitUntil(lambda: page.draft.is_saved, timeout=5000)
    settle(window, qtbot)
    (only,) = kept(desk)
    assert only.greeting.balloons == (Text((Insert.FRIEND, "，歡迎加入", Insert.ACCOUNT, " Hi")),)
    assert field.hasFocus()
    field.undo()
    assert field.parts == WELCOME.balloons[0].parts  # type: ignore[union-attr]


def test_the_phone_shows_exactly_what_would_be_sent(page: GreetingPage) -> None:
    page.work.list.put(1, Coupon("01JABC", "買一送一", "2026-12-31"))
    page.work.list.put(
        2,
        Cards(
            (Card("拿鐵", "第二杯半價", None, "", (Action(ActionKind.MESSAGE, text="我要", label="我要"),)),),
            "菜單",
        ),
    )
    strict = line_messages(page.draft.greeting, page.work.panel.friend_name, page.account)
    assert [dict(message) for message in page.work.panel.phone.chat.messages] == strict
    assert len(strict) == 3


def test_leaving_the_page_saves(page: GreetingPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(text_of(page).field, "!")
    open_page(window, "members", qtbot)
    settle(window, qtbot)
    assert kept(desk)[0].greeting.balloons != WELCOME.balloons


def test_undo_of_the_shop_takes_an_order_back_and_the_page_follows(
    page: GreetingPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    # A greeting that was just begun and its first edits are one step.
    keep(window, desk, qtbot, Greeting("另一版"))
    page.work.list.add("coupon")
    page.work.list.move_card(page.work.list.cards[1], 0)
    flush(page, window, qtbot)
    assert kept(desk)[0].greeting.balloons == (Coupon(), *WELCOME.balloons)
    desk.jobs.write(lambda db, ctx: undoing.undo(db), owner=page)
    settle(window, qtbot)
    assert page.work.list.balloons == kept(desk)[0].greeting.balloons == WELCOME.balloons
    assert on_the_phone(page) == ["怡君，歡迎加入日日咖啡"]


def test_undo_right_after_typing_takes_the_typing_back(
    page: GreetingPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    keep(window, desk, qtbot, Greeting("另一版"))
    qtbot.keyClicks(text_of(page).field, "!")
    desk.actions.trigger("shell.undo")
    settle(window, qtbot)
    assert page.draft.is_saved
    assert page.draft.greeting.balloons == kept(desk)[0].greeting.balloons == WELCOME.balloons


def test_a_missing_point_is_put_in_and_counts_then(
    page: GreetingPage, window: MainWindow, qtbot: QtBot
) -> None:
    side = page.work.side
    rows = {row.line.text: row for row in side.points.rows}
    assert len(rows) == 6
    missing = [row for row in rows.values() if row.line.cure]
    assert missing
    before, open_before = page.draft.greeting, len(missing)
    first = missing[0]
    first.cure.click()
    assert page.draft.greeting != before
    assert page.draft.greeting.balloons == page.work.list.balloons
    assert len([row for row in side.points.rows if row.line.cure == "補上"]) < open_before
    text_of(page).field.undo()
    assert page.draft.greeting == before


def test_places_to_fill_in_are_listed_and_selected(
    page: GreetingPage, window: MainWindow, qtbot: QtBot
) -> None:
    field = text_of(page).field
    field.append("官網：〔官網網址〕，電話：〔電話〕")
    side = page.work.side
    assert side.fill.isVisible()
    assert len(side.fill.rows) == 2
    side.fill.rows[1].cure.click()
    assert field.textCursor().selectedText() == "〔電話〕"
    field.textCursor().insertText("02-2345-6789")
    assert len(side.fill.rows) == 1


def test_rules_of_line_lead_to_the_balloon(page: GreetingPage, qtbot: QtBot) -> None:
    assert [row.line.state for row in page.work.side.limits.rows] == ["ok"]
    page.work.list.add("coupon")
    page.work.list.cards[0].grip.setFocus()
    row = next(row for row in page.work.side.limits.rows if row.line.state == "error")
    row.cure.click()
    assert page.work.list.cards[1].editor.first_field().hasFocus()


def test_versions_with_their_periods(
    page: GreetingPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    card = page.work.side.variants
    card.copy.click()
    settle(window, qtbot)
    first, second = kept(desk)
    assert page.draft.plan_id == second.id
    assert [row.shown for row in card.rows] == [False, True]
    qtbot.keyClicks(card.starts, "2020/1/1")
    qtbot.keyClicks(card.ends, "2099/12/31")
    flush(page, window, qtbot)
    assert (kept(desk)[1].greeting.starts, kept(desk)[1].greeting.ends) == ("2020-01-01", "2099-12-31")
    assert [row.variant.current for row in card.rows] == [False, True]
    card.ends.clear()
    card.ends.textEdited.emit("")
    qtbot.keyClicks(card.ends, "2019/1/1")
    assert card.warning.text()
    flush(page, window, qtbot)
    card.rows[0].click()
    settle(window, qtbot)
    assert page.draft.plan_id == first.id


def test_another_version_is_shown_from_its_beginning(
    page: GreetingPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    long = tuple(Text(("很長\n" * 10,)) for _ in range(5))
    other = keep(window, desk, qtbot, Greeting("長", long))
    text_of(page).field.setFocus()
    page.show_plan(other)
    settle(window, qtbot)
    bar = page.work.left_scroll.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0


def test_differences_are_told(page: GreetingPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    assert not page.work.side.variants.compare.isVisible()
    keep(
        window,
        desk,
        qtbot,
        Greeting("春季版", (Text((Insert.FRIEND, "，歡迎光臨", Insert.ACCOUNT)), Coupon())),
    )
    page.variants.compare()
    dialog = page.variants.differences
    assert dialog is not None
    names = [row[0] for row in dialog.rows]
    assert names == ["對話框 1：文字", "對話框 2：優惠券"]
    assert "加入" in dialog.rows[0][1]
    assert "光臨" in dialog.rows[0][2]
    assert "〔好友的顯示名稱〕" in dialog.rows[0][2]


def test_a_version_gets_another_name_and_keeps_it(
    page: GreetingPage, window: MainWindow, desk: Desk, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    dialogs.answers["ask_text"] = "冬季版"
    page.variants.rename()
    settle(window, qtbot)
    qtbot.keyClicks(text_of(page).field, "!")
    flush(page, window, qtbot)
    assert [plan.greeting.name for plan in kept(desk)] == ["冬季版"]
    assert "冬季版" in page.header.subtitle.text()


def test_deleting_the_only_version_leads_to_the_kinds_and_undo_back(
    page: GreetingPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page.variants.delete()
    settle(window, qtbot)
    assert page.is_choosing
    assert kept(desk) == []
    desk.jobs.write(lambda db, ctx: undoing.undo(db), owner=page)
    settle(window, qtbot)
    assert page.work.list.balloons == WELCOME.balloons
    assert not page.is_choosing


def test_copying_says_which_button_to_press(page: GreetingPage) -> None:
    page.copy.click()
    dialog = page.ways.shown
    assert isinstance(dialog, CopyDialog)
    dialog.copy_buttons[0].click()
    text = QApplication.clipboard().text()
    assert "，歡迎加入" in text
    assert "好友的顯示名稱" in text
    dialog.piece_buttons[0].click()
    assert QApplication.clipboard().text() == "，歡迎加入"


def test_json_says_what_is_missing_and_cannot_be_checked_then(page: GreetingPage) -> None:
    page.work.list.add("coupon")
    page.ways.show_json()
    dialog = page.ways.shown
    assert isinstance(dialog, JsonDialog)
    assert not dialog.check.isEnabled()
    assert dialog.answer.text()
    page.work.list.remove(page.work.list.cards[1])
    page.ways.show_json()
    dialog = page.ways.shown
    assert isinstance(dialog, JsonDialog)
    dialog.copy()
    assert json.loads(QApplication.clipboard().text()) == {
        "messages": [{"type": "text", "text": "怡君，歡迎加入日日咖啡"}]
    }


def test_files_are_written_where_the_owner_says(
    page: GreetingPage, window: MainWindow, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    dialogs.answers["save_file"] = tmp_path / "預覽"
    page.ways.save_png()
    settle(window, qtbot)
    drawn = QImage(str(tmp_path / "預覽.png"))
    assert drawn.width() == 2 * 414
    page.ways.show_json()
    page.ways._save_json("{}")
    settle(window, qtbot)
    assert (tmp_path / "預覽.json").read_text("utf-8") == "{}"


def test_a_picture_is_taken_in_and_seen(
    page: GreetingPage, window: MainWindow, desk: Desk, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    source = QImage(2400, 1200, QImage.Format.Format_RGB32)
    source.fill(QColor("tan"))
    assert source.save(str(tmp_path / "店.bmp"))
    dialogs.answers["open_files"] = [tmp_path / "店.bmp"]
    page.work.list.add("rich_message")
    card = page.work.list.cards[1]
    qtbot.keyClick(card.editor.first_field(), Qt.Key.Key_Return)
    settle(window, qtbot)
    balloon = page.work.list.balloons[1]
    assert isinstance(balloon, RichMessage)
    assert balloon.height == 520
    assert balloon.picture is not None
    stored = pictures.picture(desk.jobs.page_reader, balloon.picture)
    assert stored is not None
    assert (stored.width, stored.height, stored.media_type) == (1040, 520, "image/png")
    message = page.work.panel.phone.chat.messages[1]
    seen = page.shelf.behind(str(message["baseUrl"]))
    assert seen is not None
    assert seen.pixelColor(5, 5) == QColor("tan")
    (tmp_path / "壞.png").write_bytes(b"not a picture")
    dialogs.answers["open_files"] = [tmp_path / "壞.png"]
    qtbot.keyClick(card.editor.first_field(), Qt.Key.Key_Return)
    settle(window, qtbot)
    assert page.bar.isVisible()
    assert page.work.list.balloons[1] == balloon


def test_pictures_are_there_again_after_opening(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    from desktop.ui.pictures.fitting import encoded

    source = QImage(300, 300, QImage.Format.Format_RGB32)
    source.fill(QColor("teal"))
    data = encoded(source, "PNG")
    made: list[int] = []
    desk.jobs.write(
        lambda db, ctx: pictures.keep(db, data, "image/png", 300, 300, "a.png"),
        owner=desk.jobs,
        then=made.append,
    )
    settle(window, qtbot)
    keep(window, desk, qtbot, Greeting("圖", (Picture(made[0]),)))
    page = open_greeting(window, qtbot)
    assert isinstance(page.work.list.cards[0].editor, PictureEditor)
    image = page.shelf.image(made[0])
    assert image is not None
    assert image.pixelColor(1, 1) == QColor("teal")


def test_a_tap_on_the_phone_tries_the_action(page: GreetingPage) -> None:
    page.work.panel.tried.emit({"type": "message", "text": "會員綁定"})
    assert page.work.panel.phone.chat.replies == ("會員綁定",)


@pytest.mark.parametrize("which", ["long", "short"])
def test_other_names_are_tried(page: GreetingPage, which: str) -> None:
    page.work.panel.set_name(which)
    assert on_the_phone(page)[0].startswith(page.work.panel.friend_name)
    assert page.work.panel.friend_name != "怡君"


def test_it_is_found_again_as_it_was_left(page: GreetingPage, desk: Desk) -> None:
    page.work.panel.set_device("android")
    state = json.loads(json.dumps(page.remember()))
    again = GreetingPage(desk)
    again.recall(state)
    assert again.work.panel.remember() == page.work.panel.remember()
    again.deleteLater()


def test_line_checks_the_greeting_in_a_practice_shop(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    keep(practice_window, practice_desk, qtbot, WELCOME)
    page = open_greeting(practice_window, qtbot)
    page.ways.show_json()
    dialog = page.ways.shown
    assert isinstance(dialog, JsonDialog)
    dialog.check.click()
    settle(practice_window, qtbot)
    assert dialog.answer.property("kind") == "good"
    assert any(request.path.startswith("/v2/bot/message/validate") for request in line.requests)
    dialog.deleteLater()


def test_a_test_goes_to_oneself_only(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    from desktop.operations.planning import test_person

    keep(practice_window, practice_desk, qtbot, WELCOME)
    practice_desk.jobs.write(lambda db, ctx: test_person.choose(db, 1), owner=practice_desk.jobs)
    settle(practice_window, qtbot)
    page = open_greeting(practice_window, qtbot)
    page.test.click()
    settle(practice_window, qtbot)
    assert page.ways.push.sheet is not None
    assert not any(request.path == "/v2/bot/message/push" for request in line.requests)
    page.ways.push.sheet.accepted.emit()
    settle(practice_window, qtbot)
    sent = [request for request in line.requests if request.path == "/v2/bot/message/push"]
    assert len(sent) == 1


def test_a_greeting_line_would_not_take_is_not_tested(
    page: GreetingPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.work.list.add("coupon")
    page.test.click()
    settle(window, qtbot)
    assert page.bar.isVisible()
    assert page.ways.push.sheet is None


def test_a_plan_deleted_elsewhere_goes_from_the_page(
    page: GreetingPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    other = keep(window, desk, qtbot, Greeting("另一版", (Text(("二",)),)))
    assert page.draft.plan_id is not None
    first = page.draft.plan_id
    desk.jobs.write(lambda db, ctx: plans.delete(db, first), owner=desk.jobs, then=desk.jobs.publish)
    settle(window, qtbot)
    assert page.draft.plan_id == other
    assert on_the_phone(page) == ["二"]

"""What the window says and asks: notices, bars, questions, errors, and fields that know an input method."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.settings import Settings
from desktop.ui.dialogs import WindowDialogs
from desktop.ui.error_dialog import ErrorDialog, details_of
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.bug_reports import BugReports
from desktop.ui.widgets.fields import SearchField, Select, TextField
from desktop.ui.widgets.info_bar import InfoBar
from desktop.ui.widgets.questions import Question, TextQuestion
from tests.guards.logs import ExpectedLogs
from tests.ui.shop_window import open_page, settle


def test_the_oldest_notice_goes_when_there_are_too_many(window: MainWindow) -> None:
    assert window.shell is not None
    notices = window.shell.notices
    for n in range(1, 6):
        notices.show(message("shell.backup.done", n=n))
    assert [text[-5:] for text in notices.texts] == [f"{n} 位會員"[-5:] for n in (3, 4, 5)]


def test_a_notice_has_one_button_and_is_gone_after_it(window: MainWindow) -> None:
    assert window.shell is not None
    pressed: list[int] = []
    notices = window.shell.notices
    notices.show(message("shell.copied"), button=(message("shell.undo"), lambda: pressed.append(1)))
    notices.press()
    assert pressed == [1]
    assert notices.texts == []


def test_an_undo_takes_offers_away_that_are_no_longer_what_they_say(window: MainWindow) -> None:
    assert window.shell is not None
    notices = window.shell.notices
    notices.show(message("shell.copied"))
    notices.show(message("shell.copied"), button=(message("shell.undo"), lambda: None))
    notices.show(message("shell.undone", step="甲"), button=(message("shell.undo"), lambda: None), alone=True)
    assert notices.texts == ["已複製", "已復原：甲"]


def test_an_error_is_said_on_the_page_where_it_arose(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window, "settings", qtbot)
    assert window.shell is not None
    assert window.shell.shop is not None

    def fail(db: object, ctx: object) -> None:
        raise UserError(
            message("shell.line.not_connected"), cure=message("shell.line.not_connected.cure"), details="E1"
        )

    window.shell.shop.jobs.write(fail, owner=page.sections["shop"])
    settle(window, qtbot)
    assert page.bar.text == "還沒有連接 LINE 官方帳號。"
    assert page.bar._cure.isVisible()
    page.bar._copy.click()
    assert QGuiApplication.clipboard().text().endswith("E1")
    page.bar._close.click()
    assert page.bar.text == ""


def test_a_bars_button_runs_once_and_takes_it_away(qtbot: QtBot) -> None:
    bar, pressed = InfoBar(), []
    qtbot.addWidget(bar)
    bar.show_message(message("shell.copied"), button=(message("shell.undo"), lambda: pressed.append(1)))
    bar.press()
    assert pressed == [1]
    assert bar.isHidden()


def test_a_question_is_cancelled_by_return(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    question = Question(parent, "刪除？", "什麼都會不見", "刪除", danger=True)
    question.open()
    assert question.no.isDefault()
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert question.result() == Question.DialogCode.Rejected


def test_a_text_is_checked_before_it_is_taken(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def check(text: str) -> Message | None:
        return message("shell.text_needed") if len(text) < 3 else None

    question = TextQuestion(parent, "店名", "店名", "一", check)
    question.open()
    question.yes.click()
    assert question.wrong.isVisible()
    question.field.setText("一二三")
    question.yes.click()
    assert question.result() == TextQuestion.DialogCode.Accepted


def test_the_button_of_a_new_shop_says_create(window: MainWindow) -> None:
    names: list[str] = []
    WindowDialogs(Settings()).ask_text(
        window, message("shell.new_shop.title"), message("shell.new_shop.label"), names.append,
        text="新店", button=message("shell.new_shop.create"),
    )  # fmt: skip
    (question,) = window.findChildren(TextQuestion)
    assert question.yes.text() == "建立"
    question.yes.click()
    assert names == ["新店"]


def test_confirming_calls_back_only_on_yes(window: MainWindow, qtbot: QtBot) -> None:
    answers: list[str] = []
    dialogs = WindowDialogs(Settings())
    for press in ("no", "yes"):
        dialogs.confirm(
            window, message("shell.closing.title"), message("shell.copied"), message("shell.close"),
            lambda press=press: answers.append(press),
        )  # fmt: skip
        question = window.findChild(Question)
        assert question is not None
        getattr(question, press).click()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert answers == ["yes"]


def test_the_print_dialog_opens_as_any_other(window: MainWindow) -> None:
    # The dialog does not hold its printer.
    printer = QPrinter()
    dialog = QPrintDialog(printer, window)
    WindowDialogs(Settings()).show(dialog)
    assert dialog.isVisible()
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_each_purpose_remembers_its_folder(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    settings, chosen = Settings(), []
    dialogs = WindowDialogs(settings)
    file = tmp_path / "名單.csv"
    file.write_text("x", "utf-8")
    dialogs.open_files(window, "import", chosen.append, filters=[(message("shell.import_files"), "*.csv")])
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(file)])
    dialog.reject()
    assert chosen == [[file]]
    assert settings.text("folder.import") == str(tmp_path)
    assert settings.text("folder.export") == ""


def test_a_bug_is_shown_once_and_quotes_no_data(
    window: MainWindow, qtbot: QtBot, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("bug: ")
    expected_logs.expect("bug: ")
    bugs = BugReports(window)
    with pytest.raises(ValueError, match="王小明") as caught:
        raise ValueError("王小明 0912345678")
    assert "王小明" not in details_of(caught.value)
    assert "ValueError" in details_of(caught.value)
    bugs.report(caught.value)
    bugs.report(caught.value)
    assert len(window.findChildren(ErrorDialog)) == 1
    dialog = bugs.open
    assert dialog is not None
    assert not dialog.isModal()
    dialog.copy.click()
    assert "ValueError" in QGuiApplication.clipboard().text()
    dialog.close()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    assert bugs.open is None


def compose(field: QWidget, text: str, commit: str = "") -> None:
    event = QInputMethodEvent(text, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def test_return_while_composing_submits_nothing(qtbot: QtBot) -> None:
    field, submitted = TextField("店名"), []
    qtbot.addWidget(field)
    field.show()
    field.submitted.connect(lambda: submitted.append(field.text()))
    compose(field, "ㄎㄚ")
    assert field.composing
    qtbot.keyClick(field, Qt.Key.Key_Return)
    compose(field, "", "咖")
    assert not field.composing
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert submitted == ["咖"]


def test_an_empty_field_leaves_undo_to_the_shop(window: MainWindow, qtbot: QtBot) -> None:
    assert window.shell is not None
    undone: list[int] = []
    window.shell.register.action("shell.undo").triggered.connect(lambda: undone.append(1))
    page = open_page(window, "settings", qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    name = page.sections["shop"].name
    name.setText("沒有改過")
    name.setFocus()
    qtbot.keySequence(name, QKeySequence.StandardKey.Undo)
    assert undone == [1]
    qtbot.keyClicks(name, "abc")
    qtbot.keySequence(name, QKeySequence.StandardKey.Undo)
    assert undone == [1]
    assert name.text() == "沒有改過"
    settle(window, qtbot)


def test_escape_empties_a_search(qtbot: QtBot) -> None:
    field = SearchField("搜尋")
    qtbot.addWidget(field)
    field.setText("豆")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_choice_set_by_code_is_not_a_choice_of_the_owner(qtbot: QtBot) -> None:
    select, chosen = Select("外觀", [("a", "甲"), ("b", "乙")]), []
    qtbot.addWidget(select)
    select.chosen.connect(chosen.append)
    select.set_value("b")
    assert select.value() == "b"
    select.set_choices([("b", "乙"), ("c", "丙")])
    assert select.value() == "b"
    assert chosen == []
    select.activated.emit(1)
    assert chosen == ["c"]


@pytest.mark.parametrize("kind", ["info", "success", "warning", "error"])
def test_every_kind_of_notice_can_be_shown(window: MainWindow, kind: str) -> None:
    assert window.shell is not None
    window.shell.notices.show(message("shell.copied"), kind=kind)
    assert window.shell.notices.texts == ["已複製"]

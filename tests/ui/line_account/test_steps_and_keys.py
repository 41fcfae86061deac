"""Connecting step by step: what was pasted is put right or called by its name, and the way to each value is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.line_api.transport import LineHosts
from desktop.operations.line.account import on_this_computer
from desktop.simulator.simulator import Simulator
from desktop.store import shop
from desktop.ui.desk import Desk
from desktop.ui.line_account.connect_form import ConnectForm
from desktop.ui.line_account.drawing import Drawing, console_basic, console_token, manager
from desktop.ui.line_account.paper_dialog import PaperDialog
from desktop.ui.line_account.section import LineAccountSection
from desktop.ui.main_window import MainWindow
from desktop.ui.settings.page import SettingsPage
from tests.ui.shop_window import FakeDialogs, open_page, settle


@pytest.fixture
def section(window: MainWindow, line: Simulator, qtbot: QtBot) -> LineAccountSection:
    page = cast(SettingsPage, open_page(window, "settings", qtbot, section="line"))
    found = page.sections["line"]
    assert isinstance(found, LineAccountSection)
    assert found.form is not None
    found.form.hosts = LineHosts.on_this_computer(line.url)
    return found


@pytest.fixture
def form(section: LineAccountSection) -> ConnectForm:
    assert section.form is not None
    return section.form


def fill(form: ConnectForm, number: str, secret: str) -> None:
    form.channel_id.setText(number)
    form.channel_secret.field.setText(secret)
    form.submit()


def test_swapped_and_untidy_fields_connect_all_the_same(
    section: LineAccountSection, form: ConnectForm, window: MainWindow, line: Simulator, qtbot: QtBot
) -> None:
    fill(form, f" {line.channel_secret} ", f"{line.channel_id[:3]} {line.channel_id[3:]}")
    settle(window, qtbot)
    assert "已經對調" in section.told.text()
    assert set(form.steps.states.values()) == {"good"}


@pytest.mark.parametrize(
    ("number", "secret", "words"),
    [("@daydaycoffee", "0" * 32, "@ID"), ("2001234567", "0" * 20, "貼上的有 20 個"), ("", "", "還沒填")],
)
def test_what_cannot_be_a_key_is_called_by_its_name_and_stays_here(
    form: ConnectForm,
    window: MainWindow,
    line: Simulator,
    qtbot: QtBot,
    number: str,
    secret: str,
    words: str,
) -> None:
    fill(form, number, secret)
    settle(window, qtbot)
    assert words in form.wrong.text()
    assert form.steps.states["pasted"] == "wrong"
    assert form.button.isEnabled()
    assert line.requests == ()


@pytest.mark.parametrize(
    ("fault", "step", "words"),
    [
        ({"kind": "captive_portal"}, "reached", "打開瀏覽器"),
        ({"kind": "status", "status": 403, "path": "/v2/bot/info"}, "found", "Messaging API"),
        ({"kind": "status", "status": 500}, "reached", "過幾分鐘"),
    ],
)
def test_the_step_that_failed_is_marked_with_its_cure(
    form: ConnectForm,
    window: MainWindow,
    desk: Desk,
    line: Simulator,
    qtbot: QtBot,
    fault: dict[str, object],
    step: str,
    words: str,
) -> None:
    line.faults.add(**{"count": None, **fault})  # type: ignore[arg-type]
    fill(form, line.channel_id, line.channel_secret)
    settle(window, qtbot)
    wrong = [name for name, state in form.steps.states.items() if state == "wrong"]
    assert wrong == [step]
    assert words in form.cure.text()
    assert shop.get_json(desk.jobs.page_reader, "line_account") is None


def test_what_line_tells_of_the_account(
    section: LineAccountSection, form: ConnectForm, window: MainWindow, line: Simulator, qtbot: QtBot
) -> None:
    line.configure_account(verified=False, premium_id="@daydaycoffee")
    fill(form, line.channel_id, line.channel_secret)
    settle(window, qtbot)
    assert section.figures.value("kind") == "未認證（LINE 不提供好友名單）"
    assert section.figures.value("premium_id") == "@daydaycoffee"
    assert window.shell is not None
    assert "好友 12" in window.shell.status.figures.text()


def test_the_account_of_another_shop_is_warned_of(
    section: LineAccountSection,
    form: ConnectForm,
    window: MainWindow,
    desk: Desk,
    line: Simulator,
    dialogs: FakeDialogs,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    fill(form, line.channel_id, line.channel_secret)
    settle(window, qtbot)
    assert "也連在" not in section.beware.text()
    account = shop.get_json(desk.jobs.page_reader, "line_account")
    assert account is not None
    other = tmp_path / "夜夜酒館.tagline"
    other.write_bytes(b"")
    on_this_computer.remember(desk.settings, other, account["userId"])
    section.replace_account()
    fill(form, line.channel_id, line.channel_secret)
    settle(window, qtbot)
    assert "也連在店家檔「夜夜酒館」" in section.beware.text()
    section.beware_of_others()
    assert "也連在店家檔「夜夜酒館」" in section.beware.text(), "and each time the settings are opened"
    dialogs.answers["confirm"] = True
    section.sign_out()
    settle(window, qtbot)
    assert on_this_computer.others(desk.settings, other, account["userId"]) == ()


def test_texts_to_send_and_to_keep(
    section: LineAccountSection, form: ConnectForm, dialogs: FakeDialogs
) -> None:
    form.where.letter_button.click()
    section.show_lost()
    letter, lost = dialogs.shown[-2:]
    assert isinstance(letter, PaperDialog)
    assert isinstance(lost, PaperDialog)
    letter.copy()
    copied = QApplication.clipboard().text()
    assert all(words in copied for words in ("Channel ID", "Channel secret", "不需要更改", "Reissue"))
    assert "15 分鐘" in lost.text


@pytest.mark.parametrize("paint", [manager, console_basic, console_token])
def test_drawings_are_drawn_in_the_themes_colours(qtbot: QtBot, paint: object) -> None:
    drawing = Drawing(paint, "圖")  # type: ignore[arg-type]
    qtbot.addWidget(drawing)
    picture = QImage(drawing.size(), QImage.Format.Format_ARGB32)
    picture.fill(0)
    drawing.render(picture)
    colours = {
        picture.pixel(x, y) for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)
    }
    assert len(colours) > 20
    assert drawing.accessibleName() == "圖"


def test_the_drawings_stand_beside_or_above_their_words(form: ConnectForm, window: MainWindow) -> None:
    shown = form.where.findChildren(Drawing)
    assert len(shown) == 3
    assert all(one.accessibleName() for one in shown)
    assert "Channel ID 是一串數字" in shown[0].accessibleName()

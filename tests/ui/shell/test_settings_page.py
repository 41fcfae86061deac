"""The settings page: everything takes effect at once and is still there afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.store import history
from desktop.store import shop as shop_rows
from desktop.ui import theme
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from desktop.ui.page import Page
from desktop.ui.settings.page import SettingsPage
from desktop.ui.shell.shop_colour import ShopColour
from tests.ui.shop_window import FakeDialogs, open_page, settle


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> SettingsPage:
    opened = open_page(window, "settings", qtbot)
    assert isinstance(opened, SettingsPage)
    return opened


def again(window: MainWindow, before: Page, qtbot: QtBot) -> SettingsPage:
    """The page after it was built again."""
    qtbot.waitUntil(lambda: window.shell is not None and window.shell.stack.current is not before)
    settle(window, qtbot)
    assert window.shell is not None
    now = window.shell.stack.current
    assert isinstance(now, SettingsPage)
    return now


def test_the_theme_changes_at_once(
    window: MainWindow, page: SettingsPage, program: Program, qtbot: QtBot
) -> None:
    page.sections["look"].theme.chosen.emit("dark")
    now = again(window, page, qtbot)
    assert theme.name() == "dark"
    assert now.sections["look"].theme.value() == "dark"
    assert program.settings.text("theme") == "dark"


def test_the_text_size_changes_at_once(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
    page.sections["look"].text_size.chosen.emit(150)
    now = again(window, page, qtbot)
    assert theme.px(100) == 150
    assert now.header.title.fontMetrics().height() > 150 / 100 * 18


def test_larger_and_smaller_text_by_command(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
    assert window.shell is not None
    window.shell.register.trigger("shell.larger")
    now = again(window, page, qtbot)
    assert theme.px(100) == 115
    assert window.shell is not None
    window.shell.register.trigger("shell.smaller")
    again(window, now, qtbot)
    assert theme.px(100) == 100


def test_a_new_name_is_kept_in_the_shop(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
    section = page.sections["shop"]
    section.name.setText("  夜夜  咖啡 ")
    section.name.editingFinished.emit()
    settle(window, qtbot)
    assert shop_rows.get(page.desk.jobs.page_reader, "name") == "夜夜 咖啡"


def test_how_long_actions_can_be_undone_is_kept_in_the_shop(
    window: MainWindow, page: SettingsPage, qtbot: QtBot
) -> None:
    section = page.sections["history"]
    assert history.keeping(page.desk.jobs.page_reader) == history.Keeping(12, 2_000_000_000)
    section.months.set_value(24)
    section.months.chosen.emit(24)
    section.most.set_value(500_000_000)
    section.most.chosen.emit(500_000_000)
    settle(window, qtbot)
    assert history.keeping(page.desk.jobs.page_reader) == history.Keeping(24, 500_000_000)


def test_an_empty_name_is_refused_at_the_field(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
    section = page.sections["shop"]
    section.name.setText("   ")
    section.name.editingFinished.emit()
    settle(window, qtbot)
    assert section.rows._errors[section.name].isVisible()
    assert shop_rows.get(page.desk.jobs.page_reader, "name") == "日日咖啡"


def test_turning_the_wheel_over_the_tag_limit_changes_nothing(page: SettingsPage) -> None:
    section = page.sections["shop"]
    before = section.limit.value()
    at = QPointF(section.limit.rect().center())
    turned = QWheelEvent(
        at,
        section.limit.mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(section.limit, turned)
    assert section.limit.value() == before


def test_the_tag_limit_is_the_shops(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
    section = page.sections["shop"]
    section.limit.setValue(12)
    section.limit.editingFinished.emit()
    settle(window, qtbot)
    assert shop_rows.tag_limit(page.desk.jobs.page_reader) == 12


def test_the_shops_colour_shows_along_the_top(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
    assert window.shell is not None
    assert not window.shell.findChild(ShopColour).isVisible()
    page.sections["shop"].colour.chosen.emit("purple")
    again(window, page, qtbot)
    assert window.shell is not None
    strip = window.shell.findChild(ShopColour)
    assert strip.isVisible()
    assert strip.colour == "purple"


def test_a_backup_is_taken_listed_and_put_back(
    window: MainWindow, page: SettingsPage, program: Program, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    section = page.sections["backups"]
    section.take.click()
    settle(window, qtbot)
    qtbot.waitUntil(lambda: bool(section.list.backups))
    newest = section.list.backups[0]
    assert newest.people == 12
    page.desk.jobs.write(lambda db, ctx: db.run("DELETE FROM person WHERE id > 6"), owner=page)
    settle(window, qtbot)
    dialogs.answers["confirm"] = True
    section._restore(newest)
    qtbot.waitUntil(lambda: program.is_idle and program.shop is not None and program.shop.jobs is not page.desk.jobs,
                    timeout=20_000)  # fmt: skip
    settle(window, qtbot)
    assert program.shop is not None
    assert program.shop.jobs.page_reader.value("SELECT count(*) FROM person") == 12


def test_a_section_is_scrolled_to(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(900, 480)
    page = open_page(window, "settings", qtbot, section="practice")
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().value() > 0)

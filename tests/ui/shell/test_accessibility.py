"""Every page can be used without eyes and without a mouse, and its words fit at the largest text size in each language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.text import LANGUAGES
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from desktop.ui.shell.pages import installed
from desktop.ui.widgets.labels import ElidedLabel
from tests.ui.shop_window import open_page

PAGES = [page_id for page_id, spec in installed().items() if spec.needs_shop]
SMALLEST_TARGET = 24
SLACK = 2


def focusable(widget: QWidget) -> list[QWidget]:
    """The visible widgets inside that Tab can reach."""
    return [
        child
        for child in widget.findChildren(QWidget)
        if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.focusProxy() is None
    ]  # fmt: skip


def described(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return f"{type(widget).__name__}({text() if callable(text) else widget.objectName()!r})"


def test_everything_that_can_have_the_focus_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    nameless = []
    for page_id in PAGES:
        page = open_page(window, page_id, qtbot)
        assert window.shell is not None
        places = (page, window.shell.navigation, window.shell.status)
        nameless += [
            f"{page_id}: {described(each)}"
            for place in places
            if place is not None
            for each in focusable(place)
            if not each.accessibleName()
        ]
    assert nameless == []


def test_targets_are_large_enough(window: MainWindow, qtbot: QtBot) -> None:
    small = []
    for page_id in PAGES:
        page = open_page(window, page_id, qtbot)
        small += [
            f"{page_id}: {described(each)} {each.width()}×{each.height()}"
            for each in page.window().findChildren(QAbstractButton)
            if each.isVisible() and (each.height() < SMALLEST_TARGET or each.width() < SMALLEST_TARGET)
        ]
    assert small == []


@pytest.mark.parametrize("page_id", PAGES)
def test_tab_reaches_everything_once(window: MainWindow, page_id: str, qtbot: QtBot) -> None:
    page = open_page(window, page_id, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    wanted = set(focusable(page))
    if not wanted:
        pytest.skip("nothing on this page takes the focus")
    start = next(each for each in focusable(page))
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [start]
    for _ in range(300):
        now = QApplication.focusWidget()
        assert now is not None
        now.focusNextPrevChild(True)
        now = QApplication.focusWidget()
        if now is start or now is None:
            break
        seen.append(now)
    assert len(seen) == len(set(seen))
    missed = wanted - set(seen)
    assert [described(each) for each in missed] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_at_the_largest_text_size(
    program: Program, window: MainWindow, language: str, qtbot: QtBot
) -> None:
    program.settings.put("language", language)
    program.settings.put("text_size", 150)
    program.rebuild()
    window.resize(1600, 1000)
    cut = []
    for page_id in PAGES:
        page = open_page(window, page_id, qtbot)
        cut += [f"{page_id}: {what}" for each in page.findChildren(QWidget) if (what := cut_off(each))]
    assert cut == []


def test_the_measure_sees_what_is_cut(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    label, button = QLabel("一行很長的字", box), QPushButton("很長的按鈕", box)
    label.setGeometry(0, 0, 20, 20)
    button.setGeometry(0, 30, 20, 30)
    box.show()
    assert cut_off(label)
    assert cut_off(button)
    label.adjustSize()
    assert cut_off(label) == ""


def cut_off(widget: QWidget) -> str:
    """What is too narrow or too low for its words; "" if it fits."""
    if not widget.isVisible() or isinstance(widget, ElidedLabel) or inside_view(widget):
        return ""
    if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
        need = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        narrow = not widget.wordWrap() and widget.width() + SLACK < widget.sizeHint().width()
        return f"label {widget.text()!r}" if narrow or widget.height() + SLACK < need else ""
    if isinstance(widget, QPushButton) and widget.text() and not widget.layout():
        short = widget.height() + SLACK < widget.minimumSizeHint().height()
        return (
            f"button {widget.text()!r}" if widget.width() + SLACK < widget.sizeHint().width() or short else ""
        )
    if isinstance(widget, QLineEdit | QComboBox):
        return f"field {widget.accessibleName()!r}" if widget.height() < widget.fontMetrics().height() else ""
    return ""


def inside_view(widget: QWidget) -> bool:
    """Whether a widget is part of another's machinery (the field inside a spin box, the viewport of a table)."""
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox) or (
        isinstance(parent, QAbstractScrollArea)
        and parent.isAncestorOf(widget)
        and widget is parent.viewport()
    )


def test_nothing_sticks_out_of_the_page(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 720)
    outside = []
    for page_id in PAGES:
        page = open_page(window, page_id, qtbot)
        outside += [
            f"{page_id}: {described(each)}"
            for each in page.findChildren(QAbstractButton)
            if each.isVisible() and each.window() is window and not each.visibleRegion().isEmpty()
            and each.mapTo(page, QPoint(each.width(), 0)).x() > page.width() + SLACK
        ]  # fmt: skip
    assert outside == []

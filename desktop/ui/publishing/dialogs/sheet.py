"""The sheet before the rich menus are published: which menus, for whom, what happens at LINE, and what should be known before."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.core.message import Message, message
from desktop.operations.planning.publishing.models import Obstacle, PlannedMenu, Publication
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.publishing.dialogs.fitting_area import FittingArea
from desktop.ui.publishing.looking import Meant
from desktop.ui.publishing.words import for_whom, happens
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.chips import Badge
from desktop.ui.widgets.labels import IconLabel, heading, key_cap, muted, text_label

WIDTH, MOST_HEIGHT, EDGE = 560, 380, 20
NAME_WIDTH = 190
BADGES = {"new": "good", "changed": "info", "unchanged": "neutral"}


class PublishSheet(QDialog):
    """Accepted: the owner wants it. Cancel is what Return presses. ``way_wanted(obstacle)``: something is to be mended first, and
    the sheet closes.

    Args:
        parent: any widget of the window.
        publication: what would change.
        meant: which account it goes to.
        practice: whether LINE is the simulated one.
    """

    way_wanted = Signal(object)

    def __init__(self, parent: QWidget, publication: Publication, meant: Meant, *, practice: bool) -> None:
        super().__init__(parent.window())
        self.publication = publication
        self._asked = meant.asked
        self.setWindowTitle(t("publishing_page.sheet"))
        self.setMinimumWidth(theme.px(WIDTH))
        stopped = bool(publication.problems)
        column = QVBoxLayout(self)
        edge = theme.px(EDGE)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("publishing_page.stopped" if stopped else "publishing_page.sheet")))
        if not stopped:
            self.where = text_label(render(_where(meant, practice=practice)))
            column.addWidget(self.where)
        column.addWidget(self._inside(stopped=stopped), 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        self.no = button(t("publishing_page.close" if stopped else "shell.cancel"), self.reject)
        self.no.setDefault(True)
        row.addWidget(self.no)
        self.yes = primary_button(t("publishing_page.publish"), self.accept)
        self.yes.setAutoDefault(False)
        self.yes.setEnabled(not stopped)
        self.yes.setVisible(not stopped)
        row.addWidget(self.yes)
        column.addLayout(row)
        self.no.setFocus()

    def _inside(self, *, stopped: bool) -> QWidget:
        publication = self.publication
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(6), 0)
        column.setSpacing(theme.px(12))
        self.told: list[str] = []
        self.ways: list[QPushButton] = []
        if stopped:
            for obstacle in publication.obstacles:
                column.addLayout(self._obstacle(obstacle))
        else:
            column.addLayout(_menus(publication.menus))
            column.addLayout(self._steps(happens(publication)))
            for note in publication.notes:
                column.addLayout(self._told("warning", "warning", note))
            if not self._asked:
                column.addLayout(self._told("info", "info", message("publishing_page.offline")))
            column.addWidget(muted(t("publishing_page.quiet"), wrap=True))
        column.addStretch(1)
        return FittingArea(inside, WIDTH - 2 * EDGE, MOST_HEIGHT)

    def _steps(self, lines: list[Message]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        for number, line in enumerate(lines, start=1):
            row = QHBoxLayout()
            row.setSpacing(theme.px(10))
            row.addWidget(key_cap(str(number)), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(text_label(self._say(line)), 1)
            column.addLayout(row)
        return column

    def _told(self, icon: str, role: str, text: Message) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(IconLabel(icon, role, 18), 0, Qt.AlignmentFlag.AlignTop)
        words = text_label(self._say(text))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # A label whose text can be selected forgets that its height follows from its width.
        policy = words.sizePolicy()
        policy.setHeightForWidth(True)
        words.setSizePolicy(policy)
        row.addWidget(words, 1)
        return row

    def _obstacle(self, obstacle: Obstacle) -> QHBoxLayout:
        row = self._told("warning-circle", "error", obstacle.text)
        way = button(t(f"publishing_page.way.{obstacle.place}"), partial(self._go, obstacle))
        way.setAccessibleName(f"{way.text()}: {self.told[-1]}")
        way.setAutoDefault(False)
        self.ways.append(way)
        row.addWidget(way, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _go(self, obstacle: Obstacle) -> None:
        self.reject()
        self.way_wanted.emit(obstacle)

    def _say(self, text: Message) -> str:
        said = render(text)
        self.told.append(said)
        return said


def _menus(menus: tuple[PlannedMenu, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(8))
    grid.setColumnStretch(1, 1)
    alone = not any(menu.role == "people" for menu in menus)
    for at, menu in enumerate(menus):
        name = text_label(wrap=False)
        name.ensurePolished()
        name.setText(
            name.fontMetrics().elidedText(menu.name, Qt.TextElideMode.ElideRight, theme.px(NAME_WIDTH))
        )
        name.setToolTip(menu.name)
        state = Badge(t(f"publishing_page.state.{menu.state}"), BADGES[menu.state])
        grid.addWidget(name, at, 0)
        grid.addWidget(muted(for_whom(menu, alone=alone), wrap=True), at, 1)
        grid.addWidget(state, at, 2, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
    return grid


def _where(meant: Meant, *, practice: bool) -> Message:
    key = "press_sheet.account_practice" if practice else "press_sheet.account"
    return message("publishing_page.where", where=message(key, account=meant.name, id=meant.basic_id))

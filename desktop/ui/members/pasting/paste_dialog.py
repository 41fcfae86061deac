"""The dialog for a pasted list of phones or member numbers: how many were found, which lines nobody answers to, which mean
several people. The numbers add up to the lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from desktop.operations.people import pasted_list
from desktop.operations.people.pasted_list import MatchedList
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.card import Figures
from desktop.ui.widgets.fields import check_box
from desktop.ui.widgets.labels import muted

TYPING_MS = 250
LISTED = 500


class ListEdit(QPlainTextEdit):
    """Where the list is pasted or typed. While an input method composes, nothing is looked up: this widget says that its text
    changed although nothing was committed yet."""

    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.composing = False
        self.setTabChangesFocus(True)
        self.setPlaceholderText(t("members.paste.placeholder"))
        self.setAccessibleName(t("members.paste.list"))
        self.textChanged.connect(self._changed)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self.composing and event.commitString():
            self.settled.emit()

    def _changed(self) -> None:
        if not self.composing:
            self.settled.emit()


class PasteDialog(QDialog):
    """See the module.

    Args:
        owner: whose jobs these are.
        text: what to begin with.
        select: selects people.
        tag: selects people and goes on to their tags.
    """

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        text: str,
        *,
        select: Callable[[tuple[int, ...]], object],
        tag: Callable[[tuple[int, ...]], object],
    ) -> None:
        super().__init__(owner.window())
        self._desk = desk
        self._select, self._tag = select, tag
        self.matched = MatchedList(0, (), 0, (), ())
        self.setWindowTitle(t("members.paste.title"))
        self.edit = ListEdit()
        self.figures = Figures()
        for key in ("found", "repeated", "missing", "several"):
            self.figures.add(t(f"members.paste.{key}"), "0", key=key)
        self.with_several = check_box(t("members.paste.with_several"))
        self.lists = {key: _lines(t(f"members.paste.{key}")) for key in ("missing", "several")}
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.select_button = button("", lambda: self._done(self._select))
        self.tag_button = primary_button("", lambda: self._done(self._tag), icon="tag")
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self.look)
        self.edit.settled.connect(self._typing.start)
        self.with_several.toggled.connect(self._show_buttons)
        self._lay_out()
        self._show(self.matched)
        if text:
            self.edit.setPlainText(text)
            self.look()

    def look(self) -> None:
        """Find who is meant."""
        self._typing.stop()
        text = self.edit.toPlainText()
        self._desk.jobs.read(
            lambda db: pasted_list.match(db, text), owner=self, then=self._show, latest="members.pasted_list"
        )

    @property
    def people(self) -> tuple[int, ...]:
        """Who would be selected."""
        return self.matched.all_people if self.with_several.isChecked() else self.matched.people

    def _show(self, matched: MatchedList) -> None:
        self.matched = matched
        self.figures.set("found", t("members.paste.lines", n=len(matched.people)), kind="strong")
        for key, count in (
            ("repeated", matched.repeated),
            ("missing", len(matched.missing)),
            ("several", len(matched.several)),
        ):
            self.figures.set(key, t("members.paste.lines", n=count))
            self.figures.show_row(key, count > 0)
        self.lists["missing"].setPlainText("\n".join(matched.missing[:LISTED]))
        separator = t("members.list_separator")
        meant = (f"{one.line}　{separator.join(one.names)}" for one in matched.several[:LISTED])
        self.lists["several"].setPlainText("\n".join(meant))
        self.with_several.setVisible(bool(matched.several))
        while self.tabs.count():
            self.tabs.removeTab(0)
        for key, found in (("missing", matched.missing), ("several", matched.several)):
            if found:
                self.tabs.addTab(self.lists[key], t(f"members.paste.{key}"))
        self.tabs.setVisible(self.tabs.count() > 0)
        self._show_buttons()

    def _show_buttons(self) -> None:
        count = len(self.people)
        self.select_button.setText(t("members.paste.select", n=count))
        self.tag_button.setText(t("members.paste.tag", n=count))
        for part in (self.select_button, self.tag_button):
            part.setAccessibleName(part.text())
            part.setEnabled(count > 0)

    def _done(self, run: Callable[[tuple[int, ...]], object]) -> None:
        people = self.people
        self.accept()
        run(people)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(10))
        column.addWidget(muted(t("members.paste.hint"), wrap=True))
        self.edit.setMinimumSize(theme.px(420), theme.px(160))
        column.addWidget(self.edit, 2)
        column.addWidget(self.figures)
        self.tabs.setMinimumHeight(theme.px(120))
        column.addWidget(self.tabs, 1)
        column.addWidget(self.with_several)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button(t("members.paste.cancel"), self.reject))
        buttons.addWidget(self.select_button)
        buttons.addWidget(self.tag_button)
        column.addLayout(buttons)


def _lines(name: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName(name)
    return made

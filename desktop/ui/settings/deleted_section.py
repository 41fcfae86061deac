"""The deleted members, whom imports leave out: allow one back, or erase one for good; and the receipts of erasures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.message import message
from desktop.operations.people import deleting, erasing
from desktop.operations.people.deleting import DeletedPerson
from desktop.operations.people.erasing import Receipt
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.duplicates.leaving import ask_erase
from desktop.ui.duplicates.receipt_dialog import ReceiptDialog
from desktop.ui.settings.section import SettingsSection
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.labels import ElidedLabel, heading, muted

SHOWN = 20
"""So many are listed at first, and so many more with each press on the line that counts the others."""


@dataclass(frozen=True)
class Seen:
    """What the part shows."""

    people: list[DeletedPerson]
    receipts: list[Receipt]


class DeletedSection(SettingsSection):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("leaving.section"))
        self.body.addWidget(muted(t("leaving.section_text"), wrap=True))
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(self._list)
        self._parts: list[QWidget] = []
        self.seen = Seen([], [])
        self._most = SHOWN

    def opened(self) -> None:
        self.desk.jobs.read(_read, owner=self, then=self._show, latest="settings.deleted")

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.PEOPLE, Kind.SHOP, Kind.HISTORY):
            self.opened()

    def allow(self, one: DeletedPerson) -> None:
        """Let imports bring somebody back."""
        self.desk.jobs.write(
            lambda db, _ctx: deleting.allow(db, [one]), owner=self, then=lambda _: self._allowed(one)
        )

    def erase(self, one: DeletedPerson) -> None:
        """Ask, then erase somebody for good."""
        ask_erase(self.desk, one.id, owner=self)

    def show_receipt(self, receipt: Receipt) -> None:
        """Show a receipt again."""
        self.desk.dialogs.show(ReceiptDialog(self, self.desk, receipt))

    def show_more(self) -> None:
        """List further ones."""
        self._most += SHOWN
        self._show(self.seen)

    def _allowed(self, one: DeletedPerson) -> None:
        self.desk.notices.show(message("leaving.allowed", name=name_of(one)))
        self.opened()

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts.clear()
        for one in seen.people[: self._most]:
            self._add_row(*self._row(one))
        if len(seen.people) > self._most:
            self._add_row(link_button(t("leaving.more", n=len(seen.people) - self._most), self.show_more))
        if not seen.people:
            self._add_row(muted(t("leaving.none")))
        if seen.receipts:
            self._add_row(heading(t("leaving.receipts")))
            for receipt in reversed(seen.receipts[-SHOWN:]):
                opening = link_button(receipt.number, partial(self.show_receipt, receipt))
                self._add_row(opening, muted(i18n.moment(receipt.at)))

    def _row(self, one: DeletedPerson) -> list[QWidget]:
        name = ElidedLabel(name_of(one))
        name.setMinimumWidth(theme.px(120))
        numbers = " · ".join(filter(None, (one.member_no, i18n.phone(one.phone) if one.phone else one.email)))
        when = ElidedLabel(
            f"{numbers}　{i18n.moment(one.at)}" if numbers else i18n.moment(one.at), kind="muted"
        )
        allow = button(t("leaving.allow"), partial(self.allow, one))
        allow.setAccessibleName(t("leaving.allow_named", name=name_of(one)))
        erase = button(t("leaving.erase"), partial(self.erase, one))
        erase.setAccessibleName(t("leaving.erase_named", name=name_of(one)))
        return [name, when, allow, erase]

    def _add_row(self, *parts: QWidget) -> None:
        row = self._grid.rowCount()
        for column, part in enumerate(parts):
            span = 4 if len(parts) == 1 else 1
            self._grid.addWidget(part, row, column, 1, span, Qt.AlignmentFlag.AlignVCenter)
            self._parts.append(part)


def name_of(one: DeletedPerson) -> str:
    """How a deleted person is called in the list."""
    return one.name or one.member_no or t("leaving.nameless")


def _read(db: Database) -> Seen:
    return Seen(deleting.deleted(db), erasing.kept_receipts(db))

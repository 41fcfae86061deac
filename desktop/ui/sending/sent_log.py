"""The log of messages: what was sent to which audience, where and when; by hand in LINE's manager as the owner said, or from
here. No person stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.message import message
from desktop.operations.line import sending
from desktop.store import manager_sends, outbox
from desktop.store.database import Database
from desktop.store.line.sends import Send
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.outbox.explained import explained
from desktop.ui.sending.states import badge, outcome
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.table import BadgeDelegate, Column, SimpleTableModel, Table

NAME, WHERE, PEOPLE, STATE, TIME, REQUEST = range(6)
WIDTHS = (0, 150, 84, 168, 116, 150)


@dataclass(frozen=True)
class Sent:
    """One line of the log. ``at`` sorts: a day or a UTC text; ``send`` is None for what was sent by hand."""

    at: str
    audience: str
    people: int
    upload_id: int | None
    send: Send | None = None

    @property
    def when(self) -> str:
        """The day or the moment in words."""
        return i18n.moment(self.at) if self.send is not None else i18n.date(self.at)


def read_log(db: Database) -> list[Sent]:
    """Everything that was sent, newest first; drafts are not part of it."""
    rows = [
        Sent(send.pressed_at or send.drafted_at, send.audience, send.people, send.upload_id, send)
        for send in sending.all_sends(db)
        if send.state != "draft"
    ]
    for by_hand in manager_sends.sent(db):
        job = outbox.job(db, by_hand.upload_id)
        day = by_hand.sent_on.isoformat() if by_hand.sent_on else ""
        rows.append(Sent(day, by_hand.audience, job.ids if job else 0, by_hand.upload_id))
    return sorted(rows, key=lambda row: row.at, reverse=True)


class SentLog(QWidget):
    """``filled``: the log was read (``count``)."""

    filled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.model = SimpleTableModel(columns(), spoken=spoken)
        self.table = Table(t("sending_page.log"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(STATE, BadgeDelegate(self.table))
        self.table.fit_columns(stretch=NAME, widths=WIDTHS)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.opened.connect(lambda index: self.open_row(self.model.row(index)))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_copy())
        self.copy = button(t("sending_page.copy_request"), self.copy_request, icon="copy")
        self.copy.setEnabled(False)
        foot = QHBoxLayout()
        foot.addWidget(muted(t("sending_page.log_note"), wrap=True), 1)
        foot.addWidget(self.copy)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.empty = explained("chat", t("sending_page.log_empty"), t("sending_page.log_empty_text"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(whole)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.stack)
        self._whole = whole

    @property
    def count(self) -> int:
        """How many lines the log has."""
        return len(self.model.rows)

    def read_again(self) -> None:
        """Read the log."""
        self.desk.jobs.read(read_log, owner=self, then=self._show, latest="outbox.log")

    def open_row(self, row: Sent) -> None:
        """Show the sending, or the upload it went to."""
        if row.send is not None:
            self.desk.go("sending", send=row.send.id)
        elif row.upload_id is not None:
            self.desk.go("outbox", upload=row.upload_id)

    def copy_request(self) -> None:
        """Put LINE's request ID of the selected line on the clipboard."""
        request = self._request()
        if request:
            QGuiApplication.clipboard().setText(request)
            self.desk.notices.show(message("sending_page.copied"))

    def _request(self) -> str:
        index = self.table.currentIndex()
        row: Sent | None = self.model.row(index) if index.isValid() else None
        return (row.send.request_id or "") if row is not None and row.send is not None else ""

    def _show_copy(self) -> None:
        self.copy.setEnabled(bool(self._request()))

    def _show(self, rows: list[Sent]) -> None:
        self.model.set_rows(rows)
        self.stack.setCurrentWidget(self._whole if rows else self.empty)
        self._show_copy()
        self.filled.emit()


def columns() -> list[Column]:
    """What each line shows."""
    return [
        Column(t("outbox_page.column.audience"), lambda row: row.audience),
        Column(t("sending_page.column.where"), where),
        Column(t("outbox_page.column.people"), lambda row: i18n.number(row.people), right=True),
        Column(t("outbox_page.column.state"), lambda row: state(row)[0], kind=lambda row: state(row)[1]),
        Column(t("outbox_page.column.time"), lambda row: row.when),
        Column(t("sending_page.column.request"), lambda row: (row.send and row.send.request_id) or "—"),
    ]


def where(row: Sent) -> str:
    """From where it was sent."""
    if row.send is None:
        return t("sending_page.where.manager")
    return t("sending_page.where.test" if row.send.kind == "test" else "sending_page.where.here")


def state(row: Sent) -> tuple[str, str]:
    """The badge of a line: what the owner said is taken as said."""
    return (t("sending_page.state.told"), "good") if row.send is None else badge(row.send)


def spoken(row: Sent) -> str:
    """A line as a sentence."""
    words = t(
        "sending_page.spoken",
        audience=row.audience,
        n=row.people,
        where=where(row),
        state=state(row)[0],
        time=row.when,
    )
    return f"{words} {outcome(row.send)}".strip() if row.send is not None else words

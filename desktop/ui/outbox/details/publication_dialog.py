"""Everything about one publication of rich menus: what was pressed when, its steps and where it stands, what is wrong, and what
can be done. It follows the job while it is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.store import publishing
from desktop.store.database import Database
from desktop.store.publishing import PlannedRequest, PublishingJob, refused
from desktop.store.publishing.menus import menu
from desktop.store.publishing.refused import RefusedPerson
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.publishing.states import (
    MenuAct,
    act_label,
    acts,
    badge,
    bar_kind,
    is_serious,
    left_out,
    name_of,
    trouble,
)
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.chips import Badge
from desktop.ui.widgets.labels import IconLabel, error_text, heading, muted, text_label
from desktop.ui.widgets.progress import ProgressBar

WIDTH, MOST_HEIGHT = 540, 360
MOST_NAMED = 30
MARKS = {
    "waiting": ("clock", "muted"),
    "sending": ("spinner", "info"),
    "unknown": ("question", "warning"),
    "done": ("check-circle", "good"),
    "refused": ("warning-circle", "error"),
}
FIRST = frozenset({MenuAct.CONFIRM, MenuAct.RETRY, MenuAct.SIGN_IN, MenuAct.MENUS})


@dataclass(frozen=True)
class Known:
    """A job, its requests with the name of the menu each is about, and people whom LINE refused, with their requests."""

    job: PublishingJob
    requests: tuple[tuple[PlannedRequest, str], ...]
    refused: tuple[RefusedPerson, ...] = ()
    refused_requests: frozenset[int] = frozenset()

    def state_of(self, request: PlannedRequest) -> str:
        """How a request stands: one that is done may have been refused."""
        return "refused" if request.seq in self.refused_requests else request.state


class PublicationDetails(QDialog):
    """See the module.

    Args:
        parent: any widget of the window.
        desk: reads the job.
        job: the one to show.
        act: called with (job, act) when a button is pressed; the dialog closes then.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, job: PublishingJob, act: Callable[[PublishingJob, MenuAct], object]
    ) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self._act = act
        self._number = job.id
        self.known: Known | None = None
        self.setWindowTitle(name_of(job))
        self.setMinimumWidth(theme.px(WIDTH))
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        top = QHBoxLayout()
        top.addWidget(heading(name_of(job)))
        top.addWidget(muted(i18n.moment(job.pressed_at)))
        top.addStretch(1)
        self.badge = Badge()
        top.addWidget(self.badge)
        column.addLayout(top)
        self.bar = ProgressBar(t("publishing_page.requests"))
        self.steps = muted(wrap=True)
        self.wrong = error_text()
        self.told = muted(wrap=True)
        self.left_out = text_label()
        for part in (self.bar, self.steps, self.wrong, self.told, self.left_out):
            column.addWidget(part)
        self.list = QScrollArea()
        self.list.setWidgetResizable(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(t("publishing_page.requests"))
        column.addWidget(self.list, 1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(theme.px(8))
        column.addLayout(self._foot)
        desk.jobs.changed.connect(self._changed)
        self._read()

    def _changed(self, changes: Changes) -> None:
        if changes.touches(Kind.OUTBOX, Kind.PLANS, Kind.LINE):
            self._read()

    def _read(self) -> None:
        number = self._number
        self._desk.jobs.read(
            lambda db: read_publication(db, number),
            owner=self,
            then=self.show_known,
            latest="outbox.publication",
        )

    def show_known(self, known: Known | None) -> None:
        """Show the job as it is now."""
        if known is None or known == self.known:
            return
        self.known = known
        job = known.job
        self.badge.set(*badge(job))
        self.bar.set(job.done, max(job.requests, 1), bar_kind(job))
        self.steps.setText(t("publishing_page.steps", done=job.done, total=job.requests))
        words, serious = trouble(job), is_serious(job)
        for label, shown in ((self.wrong, serious), (self.told, not serious)):
            label.setText(words if shown else "")
            label.setVisible(shown and bool(words))
        self.left_out.setText(_named(known))
        self.left_out.setVisible(bool(known.refused))
        inside = _steps(known)
        self.list.setWidget(inside)
        self.list.setMinimumHeight(min(inside.sizeHint().height() + theme.px(4), theme.px(MOST_HEIGHT)))
        self._show_buttons(job)

    def _show_buttons(self, job: PublishingJob) -> None:
        while self._foot.count():
            item = self._foot.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._foot.addStretch(1)
        self._foot.addWidget(button(t("publishing_page.close"), self.reject))
        for act in reversed([one for one in acts(job) if one is not MenuAct.DETAILS]):
            make = primary_button if act in FIRST and act is acts(job)[0] else button
            self._foot.addWidget(make(act_label(act), partial(self._choose, job, act)))

    def _choose(self, job: PublishingJob, act: MenuAct) -> None:
        self.accept()
        self._act(job, act)


def read_publication(db: Database, publishing_id: int) -> Known | None:
    """One job with all its requests; None if there is none of this number."""
    job = publishing.job(db, publishing_id)
    if job is None:
        return None
    names: dict[int, str] = {}
    requests = publishing.requests(db, publishing_id)
    for request in requests:
        if request.menu_id is not None and request.menu_id not in names:
            names[request.menu_id] = menu(db, request.menu_id).name
    told = tuple((one, names.get(one.menu_id or 0, "")) for one in requests)
    if not left_out(job):
        return Known(job, told)
    named = tuple(refused.listed(db, job.id, limit=MOST_NAMED))
    return Known(job, told, named, refused.requests_of(db, job.id))


def _named(known: Known) -> str:
    """Whom LINE refused, as far as they are listed."""
    nobody = t("publishing_page.left_out_nameless")
    names = [one.name or nobody for one in known.refused]
    more = int((known.job.error.params if known.job.error else {}).get("n", 0)) - len(known.refused)
    if more <= 0:
        return t("publishing_page.left_out_names", names=names)
    return t("publishing_page.left_out_more", names=names, n=more)


def request_words(request: PlannedRequest, name: str) -> str:
    """What a request does."""
    shown = t("publishing_page.quoted", name=name) if name else t("publishing_page.a_menu")
    return t(f"publishing_page.request.{request.method}", menu=shown, n=request.count)


def _steps(known: Known) -> QWidget:
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setContentsMargins(0, 0, theme.px(6), 0)
    grid.setHorizontalSpacing(theme.px(10))
    grid.setVerticalSpacing(theme.px(6))
    grid.setColumnStretch(1, 1)
    for at, (request, name) in enumerate(known.requests):
        stands = known.state_of(request)
        state = t(f"publishing_page.request_state.{stands}")
        words = text_label(request_words(request, name))
        words.setAccessibleName(f"{words.text()}: {state}")
        grid.addWidget(IconLabel(*MARKS[stands], 16), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, at, 1)
        grid.addWidget(muted(state), at, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
    return inside

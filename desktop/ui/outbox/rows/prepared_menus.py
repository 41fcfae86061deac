"""What the outbox does about rows that wait for their first press: it reads them anew when something may have changed them, and
their press leads to publishing."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.changes import Changes, Kind
from desktop.store.publishing.jobs import PublishingJob
from desktop.ui.desk import Desk
from desktop.ui.outbox.rows.prepared_row import PreparedRow, read_prepared
from desktop.ui.page import Page
from desktop.ui.publishing.flow import PublishFlow
from desktop.ui.publishing.states import MenuAct

PREPARES = (Kind.PLANS, Kind.PEOPLE, Kind.TAGS, Kind.ORDERS, Kind.AUDIENCES, Kind.LINE, Kind.SHOP)
"""Changes that may leave something to be changed at LINE."""


class PreparedMenus:
    """One page's.

    Args:
        page: asks and shows errors.
        desk: what it may use.
        show: shows rows that are not what they were.
    """

    def __init__(self, page: Page, desk: Desk, show: Callable[[tuple[PreparedRow, ...]], object]) -> None:
        self.flow = PublishFlow(page, desk)
        self.rows: tuple[PreparedRow, ...] = ()
        self._page = page
        self._desk = desk
        self._show = show
        self._states: list[str] = []

    def changed(self, changes: Changes) -> None:
        """Something in the shop changed."""
        if changes.touches(*PREPARES):
            self.read()

    def follow(self, jobs: tuple[PublishingJob, ...]) -> None:
        """A publication on its way leaves nothing to press, and one that is over leaves less."""
        before, self._states = self._states, [job.state for job in jobs]
        if before != self._states:
            self.read()

    def read(self) -> None:
        """Read again what waits."""
        self._desk.jobs.read(read_prepared, owner=self._page, then=self._take, latest="outbox.prepared")

    def do(self, row: PreparedRow, act: MenuAct) -> None:
        """Change it now, or look at its menu first."""
        if act is MenuAct.NOW:
            self.flow.change_now(row.prepared)
        elif row.prepared.plan_id is None:
            self._desk.go("rich_menu")
        else:
            self._desk.go("rich_menu", plan=row.prepared.plan_id)

    def _take(self, rows: tuple[PreparedRow, ...]) -> None:
        if rows != self.rows:
            self.rows = rows
            self._show(rows)

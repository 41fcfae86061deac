"""The page of the audiences that LINE holds: the shop's own, those that others took the place of, and those made elsewhere. The
last listing is shown at once, also without a network, with the time LINE was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.operations.line import audiences_at_line
from desktop.operations.line.audiences_at_line import Done, LineAudience, Listing
from desktop.store import audiences, shop
from desktop.store.audiences import Audience
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.line_audiences.dialogs import AdoptDialog, DeleteDialog
from desktop.ui.line_audiences.gauge import Gauge
from desktop.ui.line_audiences.listing_table import ListingTable
from desktop.ui.outbox.explained import explained
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button, danger_button, primary_button
from desktop.ui.widgets.labels import ElidedLabel

FRESH_FOR = timedelta(minutes=30)


class ListedPart(StrEnum):
    """Whose audiences are shown, in the order of the tabs."""

    ALL = "all"
    OURS = "ours"
    OLD = "old"
    OTHERS = "others"


@dataclass(frozen=True)
class Seen:
    """What the page shows."""

    listing: Listing
    connected: bool
    free: tuple[Audience, ...]


def read_listing(db: Database) -> Seen:
    """What LINE held when it was last asked, and which of our audiences have none there."""
    listing = audiences_at_line.stored_listing(db)
    taken = {one.audience_id for one in listing.audiences if one.role == "current" and one.gone_at is None}
    free = tuple(audience for audience in audiences.all_audiences(db) if audience.id not in taken)
    connected = bool(shop.get_json(db, "line_account")) or shop.is_practice(db)
    return Seen(listing, connected, free)


def part_of(one: LineAudience) -> ListedPart:
    """Where an audience belongs."""
    if one.role == "old":
        return ListedPart.OLD
    return ListedPart.OURS if one.audience_id is not None or one.upload_id is not None else ListedPart.OTHERS


class LineAudiencesPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "line_audiences")
        self.desk: Desk = desk
        self.seen = Seen(Listing(None, (), 0), True, ())
        self.asking = False
        self.add_way_back()
        self.header.set_subtitle(t("line_audiences.subtitle"))
        self.refresh_button = button(t("line_audiences.refresh"), self.ask_line, icon="refresh")
        self.header.add(self.refresh_button)
        self.gauge = Gauge()
        self.body.addWidget(self.gauge)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(t("line_audiences.tabs"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for part in ListedPart:
            self.tabs.addTab(t(f"line_audiences.tab.{part}"))
        self.tabs.currentChanged.connect(lambda _: self._show_part())
        across = QHBoxLayout()
        # As wide as the page: the tab that is chosen is written bolder and wider than the bar reckons.
        across.addWidget(self.tabs, 1)
        self.body.addLayout(across)
        self._make_views()

    def _make_views(self) -> None:
        self.table = ListingTable()
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(lambda _: self.open_current())
        connect = primary_button(
            t("line_audiences.connect"), lambda: self.desk.go("settings", section="line")
        )
        self.not_connected = explained(
            "link-break", t("line_audiences.not_connected"), t("line_audiences.not_connected_text"), connect
        )
        ask = primary_button(t("line_audiences.refresh"), self.ask_line, icon="refresh")
        self.never = explained("list", t("line_audiences.never"), t("line_audiences.never_text"), ask)
        self.none_here = explained("list", t("line_audiences.none_here"), t("line_audiences.none_here_text"))
        self.list = QWidget()
        column = QVBoxLayout(self.list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.table, 1)
        column.addLayout(self._make_foot())
        self.stack = QStackedWidget()
        for part in (self.never, self.not_connected, self.none_here, self.list):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.about = ElidedLabel(kind="muted")
        row.addWidget(self.about, 1)
        self.open_button = button(t("line_audiences.open"), self.open_current)
        self.adopt_button = button(t("line_audiences.adopt"), self.ask_adopt, icon="link")
        self.release_button = button(t("line_audiences.release"), self.release, icon="link-break")
        self.delete_button = danger_button(t("line_audiences.delete"), self.ask_delete, icon="trash")
        for part in (self.open_button, self.adopt_button, self.release_button, self.delete_button):
            row.addWidget(part)
        return row

    # What the window asks

    def opened(self, **arguments: Any) -> None:
        """Show what LINE held when it was last asked, and ask anew if that is long ago."""
        self.refresh(then_ask=True)

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.AUDIENCES, Kind.OUTBOX, Kind.LINE, Kind.ACCOUNT):
            self.refresh()

    def refresh(self, *, then_ask: bool = False) -> None:
        """Read the shop file again."""
        then = partial(self._show, then_ask=then_ask)
        self.desk.jobs.read(read_listing, owner=self, then=then, latest="line_audiences.rows")

    def commands(self) -> list[Command]:
        return [
            Command(
                "line_audiences.refresh",
                "line_audiences.refresh",
                self.ask_line,
                shortcut="F5",
                icon="refresh",
            ),
            Command("line_audiences.adopt", "line_audiences.adopt", self.ask_adopt, enabled=self._can_adopt),
            Command(
                "line_audiences.delete", "line_audiences.delete", self.ask_delete, enabled=self._can_delete
            ),
        ]

    def remember(self) -> dict[str, Any]:
        return {"part": str(self.part)}

    def recall(self, state: dict[str, Any]) -> None:
        if state.get("part") in list(ListedPart):
            self.tabs.setCurrentIndex(list(ListedPart).index(ListedPart(state["part"])))

    def pictures(self) -> dict[str, Callable[[], None]]:
        return {"listed": self.ask_line} if self.desk.practice else {}

    @property
    def part(self) -> ListedPart:
        """Whose audiences are shown."""
        return list(ListedPart)[max(0, self.tabs.currentIndex())]

    # What the owner does

    def ask_line(self, *, quietly: bool = False) -> None:
        """Ask LINE for everything it holds.

        Args:
            quietly: nobody pressed; then being offline is not worth a word.
        """
        if self.asking:
            return
        self.asking = True
        self.refresh_button.setEnabled(False)
        line, jobs = self.desk.line, self.desk.jobs

        def work(ctx: JobContext) -> Listing:
            return audiences_at_line.listing(line.client(), jobs.in_writer, job=ctx)

        jobs.network(
            work,
            owner=self,
            then=self._listed,
            on_error=partial(self._not_listed, quietly),
            on_cancelled=self._rest,
            title=message("line_audiences.asking"),
        )

    def ask_adopt(self) -> None:
        """Ask which of the shop's audiences an audience made elsewhere belongs to."""
        one = self.table.current
        if one is None or not one.can_be_adopted:
            return
        dialog = AdoptDialog(self, one, self.seen.free)
        dialog.accepted.connect(lambda: self._adopt(one, dialog.audience))
        self.desk.dialogs.show(dialog)

    def release(self) -> None:
        """Undo the link; nothing changes at LINE."""
        one = self.table.current
        if one is not None and one.adopted:
            said = message("line_audiences.released", name=one.name)
            self._write(lambda db, ctx: audiences_at_line.release(db, one.group_id), said)

    def ask_delete(self) -> None:
        """Say what will be lost, and ask."""
        one = self.table.current
        if one is not None and one.can_be_deleted:
            self.desk.jobs.read(
                lambda db: audiences_at_line.delete_warnings(db, one.group_id),
                owner=self,
                then=lambda warnings: self.desk.dialogs.show(DeleteDialog(self, one, warnings, self._delete)),
            )

    def open_current(self) -> None:
        """Show the shop's audience, or the upload, of the selected row."""
        one = self.table.current
        if one is None:
            return
        if one.audience_id is not None and one.audience is not None and one.role == "current":
            self.desk.go("audiences", audience=one.audience_id)
        elif one.upload_id is not None:
            self.desk.go("outbox", upload=one.upload_id)

    def _adopt(self, one: LineAudience, audience: Audience | None) -> None:
        if audience is not None:
            said = message("line_audiences.adopted", name=one.name, audience=audience.name)
            self._write(lambda db, ctx: audiences_at_line.adopt(db, one.group_id, audience), said)

    def _delete(self, one: LineAudience) -> None:
        said = message("line_audiences.deleting", name=one.name)
        self._write(lambda db, ctx: audiences_at_line.delete_at_line(db, one.group_id), said)

    def _write(self, work: Callable[[Database, JobContext], Done], said: Message) -> None:
        def done(outcome: Done) -> None:
            job = outcome.job
            show = None
            if job is not None:
                show = (message("line_audiences.show_job"), lambda: self.desk.go("outbox", upload=job.id))
            self.desk.notices.show(said, button=show)
            self.desk.line.try_now()

        self.desk.jobs.write(work, owner=self, then=done)

    # Showing

    def _show(self, seen: Seen, *, then_ask: bool = False) -> None:
        self.seen = seen
        self.gauge.setVisible(seen.connected)
        self.gauge.show_listing(seen.listing)
        self.refresh_button.setEnabled(seen.connected and not self.asking)
        for at, part in enumerate(ListedPart):
            count = sum(part in (ListedPart.ALL, part_of(one)) for one in seen.listing.audiences)
            name = t(f"line_audiences.tab.{part}")
            self.tabs.setTabText(at, f"{name}  {i18n.number(count)}" if count else name)
        self._show_part()
        if then_ask and seen.connected and not is_fresh(seen.listing.at):
            self.ask_line(quietly=True)

    def _show_part(self) -> None:
        every = self.seen.listing.audiences
        shown = [one for one in every if self.part in (ListedPart.ALL, part_of(one))]
        self.table.show_audiences(shown)
        if not self.seen.connected and not every:
            self.stack.setCurrentWidget(self.not_connected)
        elif not every and self.seen.listing.at is None:
            self.stack.setCurrentWidget(self.never)
        else:
            self.stack.setCurrentWidget(self.list if shown else self.none_here)
        self._show_chosen()

    def _show_chosen(self) -> None:
        one = self.table.current
        self.about.setText(t("line_audiences.id_of", id=str(one.group_id)) if one is not None else "")
        opens = one is not None and (one.upload_id is not None or one.audience_id is not None)
        self.open_button.setVisible(opens)
        self.adopt_button.setVisible(self._can_adopt())
        self.release_button.setVisible(one is not None and one.adopted)
        self.delete_button.setVisible(self._can_delete())

    def _listed(self, listing: Listing) -> None:
        self._rest()
        self.bar.clear()
        self.refresh()

    def _not_listed(self, quietly: bool, error: UserError) -> None:
        self._rest()
        if not quietly:
            self.bar.show_error(error)

    def _rest(self) -> None:
        self.asking = False
        self.refresh_button.setEnabled(self.seen.connected)

    def _can_adopt(self) -> bool:
        one = self.table.current
        return one is not None and one.can_be_adopted and bool(self.seen.free)

    def _can_delete(self) -> bool:
        one = self.table.current
        return one is not None and one.can_be_deleted


def is_fresh(instant: str | None) -> bool:
    """Whether LINE was asked a moment ago; a clock that was set back makes it stale."""
    if not instant:
        return False
    return timedelta(0) <= datetime.now(UTC) - i18n.parse_instant(instant) < FRESH_FOR

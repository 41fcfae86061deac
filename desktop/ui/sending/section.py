"""The settings' part about sending from here: off until it is switched on."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.changes import Changes, Kind
from desktop.operations.line import sending
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.settings.section import SettingsSection
from desktop.ui.widgets.fields import switch
from desktop.ui.widgets.labels import muted


@dataclass(frozen=True)
class Switched:
    """The switch was turned."""

    changes: Changes


class SendingSection(SettingsSection):
    """One switch, and what it means."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("sending_page.settings"))
        self.switch = switch(t("sending_page.settings_switch"))
        self.switch.clicked.connect(self._turn)
        self.body.addWidget(self.switch)
        self.body.addWidget(muted(t("sending_page.settings_text"), wrap=True))

    def opened(self) -> None:
        self._show()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.SHOP):
            self._show()

    def _show(self) -> None:
        self.switch.setChecked(sending.switched_on(self.desk.jobs.page_reader))

    def _turn(self) -> None:
        on = self.switch.isChecked()

        def work(db: Database, ctx: object) -> Switched:
            return Switched(sending.switch(db, on))

        self.desk.jobs.write(work, owner=self)

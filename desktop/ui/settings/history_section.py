"""How long what was done can still be undone: the age and the size up to which the history keeps what was there before."""

from __future__ import annotations

from desktop.core.changes import Changes, Kind
from desktop.operations.shop import shop_settings
from desktop.store import history
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.desk import Desk
from desktop.ui.settings.section import SettingsSection
from desktop.ui.widgets.fields import FormRows, Select
from desktop.ui.widgets.labels import muted

_MONTHS = (3, 6, 12, 24, 60)
_GIGABYTES = (0.5, 1, 2, 5, 10)
_GIGABYTE = 1_000_000_000


class HistorySection(SettingsSection):
    """Two choices; what lies beyond them is let go of at the next start."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("settings.history"))
        self.months = Select(
            t("settings.history_months"), [(n, t("settings.history_n_months", n=n)) for n in _MONTHS]
        )
        self.most = Select(
            t("settings.history_size"),
            [(int(n * _GIGABYTE), t("settings.history_n_gb", size=i18n.number(n))) for n in _GIGABYTES],
        )
        self.months.chosen.connect(self._save)
        self.most.chosen.connect(self._save)
        rows = FormRows()
        rows.add(t("settings.history_months"), self.months)
        rows.add(t("settings.history_size"), self.most)
        self.body.addWidget(muted(t("settings.history_text"), wrap=True))
        self.body.addWidget(rows)
        self._read()

    def opened(self) -> None:
        self._read()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.SHOP):
            self._read()

    def _read(self) -> None:
        keeping = history.keeping(self.desk.jobs.page_reader)
        self.months.set_value(keeping.months)
        self.most.set_value(keeping.most_bytes)

    def _save(self, _chosen: object) -> None:
        keeping = history.Keeping(self.months.value(), self.most.value())
        self.desk.jobs.write(lambda db, _ctx: shop_settings.set_history(db, keeping), owner=self)

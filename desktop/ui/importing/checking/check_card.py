"""匯入前檢查: four numbers that add up to the rows of the file, each of which shows its rows when pressed; and
how far the work is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.importer.checking.report import Report
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.importing.running import Progress
from desktop.ui.importing.text_link import TextLink
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted, set_kind, text_label
from desktop.ui.widgets.progress import ProgressBar

FATES = ("new", "updated", "unchanged", "skipped")


class CheckCard(Card):
    """See the module.

    Args:
        show_rows: shows the rows behind a number, by its name.
        cancel: stops the work.
    """

    def __init__(self, show_rows: Callable[[str], object], cancel: Callable[[], object]) -> None:
        super().__init__(t("import_page.check"))
        self._labels: dict[str, QLabel] = {}
        self.numbers: dict[str, TextLink] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.px(2))
        grid.setColumnStretch(0, 1)
        for row, fate in enumerate(FATES):
            self._labels[fate] = text_label(t(f"import_page.fate.{fate}"))
            self.numbers[fate] = TextLink(partial(show_rows, fate), right=True)
            grid.addWidget(self._labels[fate], row, 0)
            grid.addWidget(self.numbers[fate], row, 1)
        self.note = muted("", wrap=True)
        self.working = self._make_working(cancel)
        self.body.addLayout(grid)
        self.body.addWidget(self.working)
        self.body.addWidget(self.note)
        self.show_report(None, stored=False, live=False)
        self.show_progress(None)

    def _make_working(self, cancel: Callable[[], object]) -> QWidget:
        working = QWidget()
        column = QVBoxLayout(working)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        self.doing = muted(wrap=True)
        self.bar = ProgressBar(t("import_page.check"))
        self.stop = link_button(t("import_page.stop"), cancel)
        row = QHBoxLayout()
        row.addWidget(self.doing, 1)
        row.addWidget(self.stop)
        column.addLayout(row)
        column.addWidget(self.bar)
        return working

    def show_progress(self, progress: Progress | None) -> None:
        """How far the running job is; None: nothing runs."""
        self.working.setVisible(progress is not None)
        if progress is None:
            return
        self.note.setVisible(False)
        what = render(progress.text) if progress.text else render(progress.title)
        rows = ""
        if progress.done:
            of = f" / {i18n.number(progress.total)}" if progress.total else ""
            rows = i18n.number(progress.done) + of
        self.doing.setText(f"{what} {rows}".strip())
        self.bar.set(progress.done, progress.total)
        self.stop.setVisible(not progress.saving)

    def show_report(self, report: Report | None, *, stored: bool, live: bool) -> None:
        """The numbers, dashes before there are any.

        Args:
            stored: they are true of the shop now.
            live: the rows behind new, updated and unchanged can be shown.
        """
        title = "import_page.check_stored" if stored else "import_page.check"
        self.title.setText(t(title))
        self.note.setVisible(report is not None)
        for fate in FATES:
            n = self._count(report, fate)
            words = t(f"import_page.fate.{fate}")
            role, bold = "muted", False
            if n and fate == "skipped":
                role, bold = "warning", True
            elif n:
                role, bold = "ink", fate != "unchanged"
            shown = "—" if n is None else i18n.number(n)
            can = bool(n) and (live or fate == "skipped")
            spoken = t("import_page.spoken_number", what=words, n=shown)
            self.numbers[fate].show_text(shown, role=role, bold=bold, live=can, spoken=spoken)
            self._labels[fate].setText(words)
            set_kind(self._labels[fate], role if role != "ink" else "")
        if report is not None:
            self.note.setText(_note(report, stored=stored))

    def _count(self, report: Report | None, fate: str) -> int | None:
        if report is None:
            return None
        return len(report.skipped) if fate == "skipped" else int(getattr(report, fate))


def _note(report: Report, *, stored: bool) -> str:
    parts = [t("import_page.adds_up", n=report.rows)]
    parts.append(t("import_page.stored" if stored else "import_page.nothing_stored"))
    if report.unknown_buyers:
        parts.append(t("import_page.unknown_buyers", n=report.unknown_buyers))
    parts += [render(note) for note in report.details.get("notes", ())]
    left_out = [
        t(f"importing.not_data.{key}", n=n)
        for key, n in report.not_data.items()
        if key not in ("header", "title")
    ]
    if left_out:
        parts.append(t("import_page.not_data", kinds=left_out))
    return " ".join(parts)

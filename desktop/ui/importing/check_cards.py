"""匯入前檢查: four numbers that add up to the rows of the file, and the rows that need a look, grouped by what
is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.importer.checking.report import Report
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card, Figures
from desktop.ui.widgets.labels import heading, muted, text_label
from desktop.ui.widgets.progress import ProgressBar

_EXAMPLES = 3
_GROUPS = 6


class CheckCard(Card):
    """The four numbers, or how far the check is."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__(t("import_page.check"))
        self.figures = Figures()
        for key in ("new", "updated", "unchanged", "skipped"):
            self.figures.add(t(f"import_page.{key}"), key=key)
        self.note = muted("", wrap=True)
        self.working = QWidget()
        column = QVBoxLayout(self.working)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.doing = muted()
        self.bar = ProgressBar(t("import_page.check"))
        row = QHBoxLayout()
        row.addWidget(self.doing, 1)
        self.stop = link_button(t("import_page.stop"), cancel)
        row.addWidget(self.stop)
        column.addLayout(row)
        column.addWidget(self.bar)
        for part in (self.figures, self.working, self.note):
            self.body.addWidget(part)
        self.show_waiting()

    def show_waiting(self) -> None:
        """Nothing was checked yet, or something has to be answered first."""
        for key in ("new", "updated", "unchanged", "skipped"):
            self.figures.set(key, "—", "muted")
        self.working.hide()
        self.note.setText("")

    def show_progress(self, done: int, total: int | None, what: str) -> None:
        """How far the check is."""
        rows = i18n.number(done) if total is None else f"{i18n.number(done)} / {i18n.number(total)}"
        self.doing.setText(f"{what} {rows}".strip())
        self.bar.set(done, total)
        self.stop.show()
        self.working.show()

    def show_saving(self, what: str) -> None:
        """The plan is being carried out."""
        self.doing.setText(what)
        self.bar.set(0, None)
        self.note.setText("")
        self.stop.hide()
        self.working.show()

    def show_report(self, report: Report, *, stored: bool) -> None:
        """The numbers; ``stored`` once they are true of the shop."""
        self.working.hide()
        self.figures.set("new", i18n.number(report.new), "strong" if report.new else "muted")
        self.figures.set("updated", i18n.number(report.updated), "strong" if report.updated else "muted")
        self.figures.set("unchanged", i18n.number(report.unchanged), "" if report.unchanged else "muted")
        skipped = len(report.skipped)
        self.figures.set("skipped", i18n.number(skipped), "warning" if skipped else "muted")
        text = t("import_page.stored" if stored else "import_page.nothing_stored")
        if report.unknown_buyers:
            text += " " + t("import_page.unknown_buyers", n=report.unknown_buyers)
        for note in report.details.get("notes", ()):
            text += " " + render(note)
        left_out = [
            t(f"importing.not_data.{key}", n=n)
            for key, n in report.not_data.items()
            if key not in ("header", "title")
        ]
        if left_out:
            text += " " + t("import_page.not_data", kinds=left_out)
        mended = [t(f"importing.repair.{kind}", n=n) for kind, n in report.repaired.items()]
        if mended:
            text += " " + t("import_page.repaired", kinds=mended)
        self.note.setText(text)


@dataclass(frozen=True, slots=True)
class _Group:
    reason: str
    rows: int
    examples: tuple[str, ...]


class ProblemsCard(Card):
    """What could not be used, by kind, with the rows a click away.

    Args:
        list_all: shows every row.
        save: writes the rows to a workbook to be corrected.
    """

    def __init__(self, list_all: Callable[[], None], save: Callable[[], None]) -> None:
        super().__init__(t("import_page.look"))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(t("import_page.look"))
        links = QHBoxLayout()
        links.setSpacing(theme.px(12))
        links.addWidget(link_button(t("import_page.list_all"), list_all))
        links.addWidget(link_button(t("import_page.save_rows"), save))
        links.addStretch(1)
        self.body.addWidget(self._area, 1)
        self.body.addLayout(links)

    def show_report(self, report: Report) -> None:
        """Show the groups; the card hides itself where there is nothing to look at."""
        page = QWidget()
        page.setProperty("kind", "panel")
        lines = QVBoxLayout(page)
        lines.setContentsMargins(0, 0, theme.px(8), 0)
        lines.setSpacing(theme.px(6))
        cells = len({problem.row for problem in report.problems})
        self.setVisible(bool(report.problems or report.skipped))
        if report.skipped:
            lines.addWidget(heading(t("import_page.rows_skipped", n=len(report.skipped))))
            self._add_groups(lines, _grouped([(render(s.reason), _row(s.row)) for s in report.skipped]))
        if report.problems:
            lines.addWidget(heading(t("import_page.rows_with_problems", n=cells)))
            self._add_groups(
                lines,
                _grouped(
                    [
                        (
                            t("import_page.column_reason", column=p.column, reason=render(p.reason)),
                            t("import_page.cell", row=str(p.row), value=_short(p.value)),
                        )
                        for p in report.problems
                    ]
                ),
            )

        lines.addStretch(1)
        self._area.setWidget(page)

    def _add_groups(self, lines: QVBoxLayout, groups: list[_Group]) -> None:
        for group in groups[:_GROUPS]:
            lines.addWidget(text_label(t("import_page.group", reason=group.reason, n=group.rows)))
            lines.addWidget(muted(t("import_page.examples", examples=list(group.examples)), wrap=True))
        if len(groups) > _GROUPS:
            lines.addWidget(muted(t("import_page.more_kinds", n=len(groups) - _GROUPS)))


def _grouped(found: list[tuple[str, str]]) -> list[_Group]:
    groups: dict[str, list[str]] = {}
    for reason, example in found:
        groups.setdefault(reason, []).append(example)
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
    return [_Group(reason, len(examples), tuple(examples[:_EXAMPLES])) for reason, examples in ordered]


def _row(number: int) -> str:
    return t("import_page.row", row=str(number))


def _short(value: str) -> str:
    return value if len(value) <= 24 else value[:23] + "…"

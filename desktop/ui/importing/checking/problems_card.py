"""The rows that need a look, grouped by what is wrong with them, with counts and examples; each group shows its
rows when pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.importer.checking.report import Report
from desktop.text import t
from desktop.ui import theme
from desktop.ui.importing.checking.problem_rows import CELLS, SAME, SKIPPED, Group, grouped, problem_rows
from desktop.ui.importing.text_link import TextLink
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import heading, muted

_EXAMPLES = 3
_GROUPS = 5


class ProblemsCard(Card):
    """See the module.

    Args:
        list_rows: shows the rows of a part and a group, "" for all.
        save: writes the rows to a workbook to be corrected.
    """

    def __init__(self, list_rows: Callable[[str, str], object], save: Callable[[], object]) -> None:
        super().__init__(t("import_page.look"))
        self._list_rows = list_rows
        self._lines = QWidget()
        self._shown: Report | None = None
        self._has_rows = False
        self.body.addWidget(self._lines)
        links = QVBoxLayout()
        links.setSpacing(0)
        self.all = link_button(t("import_page.list_all"), lambda: list_rows("", ""))
        self.save = link_button(t("import_page.save_rows"), save)
        links.addWidget(self.all)
        links.addWidget(self.save)
        self.body.addLayout(links)
        self.hide()

    def show_report(self, report: Report | None) -> None:
        """Show the groups; the card hides itself where there is nothing to look at."""
        if report is not None and report is self._shown:
            self.setVisible(self._has_rows)
            return
        self._shown = report
        rows = problem_rows(report) if report is not None else []
        self._has_rows = bool(rows)
        self.setVisible(self._has_rows)
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        kinds = grouped(rows)
        cells = len({row.row for row in rows if row.part == CELLS})
        titles = (
            (SKIPPED, lambda n: t("import_page.rows_skipped", n=n)),
            (CELLS, lambda _: t("import_page.rows_with_problems", n=cells)),
            (SAME, lambda n: t("import_page.rows_may_be_same", n=n)),
        )
        for part, title in titles:
            mine = [group for group in kinds if group.part == part]
            if mine:
                words = heading(title(sum(len(group.rows) for group in mine)))
                words.setContentsMargins(theme.px(3), theme.px(4), 0, 0)
                column.addWidget(words)
                self._add_groups(column, mine)
        self.save.setVisible(any(row.part != SAME for row in rows))
        self.body.replaceWidget(self._lines, lines)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = lines
        for link in lines.findChildren(TextLink):
            QWidget.setTabOrder(link, self.all)
        QWidget.setTabOrder(self.all, self.save)

    def _add_groups(self, column: QVBoxLayout, groups: list[Group]) -> None:
        for group in groups[:_GROUPS]:
            link = TextLink(partial(self._list_rows, group.part, group.name))
            link.show_text(t("import_page.group_line", reason=group.name, n=len(group.rows)))
            column.addWidget(link)
            examples = muted(t("import_page.examples", examples=_examples(group)), wrap=True)
            examples.setContentsMargins(theme.px(3), 0, 0, 0)
            column.addWidget(examples)
        if len(groups) > _GROUPS:
            rest = TextLink(lambda: self._list_rows(groups[0].part, ""))
            rest.show_text(t("import_page.more_kinds", n=len(groups) - _GROUPS), role="link")
            column.addWidget(rest)


def _examples(group: Group) -> list[str]:
    found = []
    for row in group.rows[:_EXAMPLES]:
        value = row.value if len(row.value) <= 24 else row.value[:23] + "…"
        if value:
            found.append(t("import_page.cell", row=str(row.row), value=value))
        else:
            found.append(t("import_page.row", row=str(row.row)))
    return found

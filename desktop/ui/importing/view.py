"""The import page at work: what the file is and how it is read at the left, what importing it would do at the right."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.importing.check_cards import CheckCard, ProblemsCard
from desktop.ui.importing.columns_card import ColumnsCard
from desktop.ui.importing.entry import Entry
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted

ENCODINGS = ("utf-8", "cp950", "cp932", "gb18030", "utf-16")


class ReadAgain(Protocol):
    """Reads the file otherwise."""

    def __call__(self, *, sheet: str | None = None, encoding: str | None = None) -> None: ...


class ImportView(QWidget):
    """The cards of an import, and the choice of sheet and encoding.

    Args:
        again: called when the owner chooses another sheet or encoding.
    """

    def __init__(
        self, columns: ColumnsCard, check_card: CheckCard, problems: ProblemsCard, again: ReadAgain
    ) -> None:
        super().__init__()
        self.columns, self.check_card, self.problems = columns, check_card, problems
        self._sheet = Select(t("import_page.sheet"))
        self._encoding = Select(
            t("import_page.encoding"), [(name, t(f"import_page.encoding_{name}")) for name in ENCODINGS]
        )
        self._sheet.chosen.connect(lambda name: again(sheet=name))
        self._encoding.chosen.connect(lambda name: again(encoding=name))
        self.source = QWidget()
        line = QHBoxLayout(self.source)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        self._sheet_label, self._encoding_label = (
            muted(t("import_page.sheet")),
            muted(t("import_page.encoding")),
        )
        for part in (self._sheet_label, self._sheet, self._encoding_label, self._encoding):
            line.addWidget(part)
        line.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(theme.px(10))
        left.addWidget(self.source)
        left.addWidget(self.columns, 1)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.px(14))
        both.addLayout(left, 1)
        both.addWidget(self._side())

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(theme.px(320))
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.px(12))
        right.addWidget(self.check_card)
        right.addWidget(self.problems, 1000)
        right.addStretch(1)
        return side

    def show_entry(self, entry: Entry) -> None:
        """Show what is known of a table."""
        recipe = entry.recipe
        self.columns.show_recipe(recipe, entry.plan.report if entry.plan else None, entry.answers.fields)
        several = len(entry.sheets) > 1
        self._sheet.set_choices([(name, name) for name in entry.sheets])
        self._sheet.set_value(recipe.sheet)
        for part in (self._sheet_label, self._sheet):
            part.setVisible(several)
        for part in (self._encoding_label, self._encoding):
            part.setVisible(recipe.encoding is not None)
        self._encoding.set_value(_family(recipe.encoding))
        self.source.setVisible(several or recipe.encoding is not None)


def subtitle(entry: Entry, at: int, count: int) -> str:
    """What stands beside the page's title: file, sheet, kind, rows, and which of several tables it is."""
    recipe = entry.recipe
    parts = [entry.path.name]
    if recipe.sheet:
        parts.append(t("import_page.sheet_named", sheet=recipe.sheet))
    parts.append(t(f"importing.kind.{recipe.kind}"))
    if entry.plan is not None:
        parts.append(t("import_page.rows", n=entry.plan.report.rows))
    if count > 1:
        parts.append(t("import_page.nth", n=at + 1, of=count))
    return "・".join(parts)


def _family(encoding: str | None) -> str | None:
    """The choice an encoding belongs to."""
    if encoding is None:
        return None
    return next((name for name in ENCODINGS if encoding.lower().replace("_", "-").startswith(name)), encoding)

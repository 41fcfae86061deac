"""How files of one shape are read, without a file at hand: each column's field, whether it overwrites, whom the
file may touch, what becomes of tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.importer.recipe import Answers
from desktop.operations.importing.recipes import LONGEST_NAME, SavedRecipe
from desktop.text import t
from desktop.ui import theme
from desktop.ui.importing.column_choices import OVERWRITES
from desktop.ui.importing.deciding.policy_card import POLICIES, TAG_MODES
from desktop.ui.importing.mapping.column_words import groups_for
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import FormRows, Select, TextField
from desktop.ui.widgets.labels import ElidedLabel, muted


class RecipeDialog(QDialog):
    """See the module.

    Args:
        parent: the page.
        recipe: as it is kept.
        save: called with the answers as changed and what it is called.
    """

    def __init__(self, parent: QWidget, recipe: SavedRecipe, save: Callable[[Answers, str], object]) -> None:
        super().__init__(parent.window())
        self._recipe, self._save = recipe, save
        self.setWindowTitle(t("import_page.recipe_title", file=recipe.called))
        room = parent.window().size()
        self.resize(min(theme.px(680), room.width() - 40), min(theme.px(560), room.height() - 40))
        self.fields: dict[str, Select] = {}
        self.modes: dict[str, Select] = {}
        answers = recipe.answers
        kind = "orders" if recipe.kind == "orders" else "people"
        self.policy = Select(
            t("import_page.policy"), [(one, t(f"import_page.policy_{kind}_{one}")) for one in POLICIES]
        )
        self.policy.set_value(answers.policy or "both")
        self.tag_mode = Select(
            t("import_page.tag_mode"), [(one, t(f"import_page.tag_mode_{one}")) for one in TAG_MODES]
        )
        self.tag_mode.set_value(answers.tag_mode or "append")
        self.name = TextField(recipe.file, t("import_page.recipe_name"))
        self.name.setText(recipe.name)
        self.name.setMaxLength(LONGEST_NAME)
        rows = FormRows()
        rows.add(t("import_page.recipe_name"), self.name)
        rows.add(t("import_page.policy"), self.policy)
        if "tags" in recipe.mapping.values():
            rows.add(t("import_page.tag_mode"), self.tag_mode)
        edge = theme.px(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, theme.px(12))
        column.setSpacing(theme.px(12))
        column.addWidget(rows)
        column.addWidget(self._columns(), 1)
        below = QHBoxLayout()
        below.setSpacing(theme.px(8))
        below.addStretch(1)
        below.addWidget(button(t("import_page.cancel"), self.reject))
        below.addWidget(primary_button(t("import_page.recipe_save"), self._finish))
        column.addLayout(below)

    def _columns(self) -> Card:
        card = Card(t("import_page.columns"), flush=True)
        page = QWidget()
        page.setProperty("kind", "panel")
        grid = QGridLayout(page)
        grid.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(12))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        for place, key in enumerate(("head_column", "head_field", "overwrite")):
            grid.addWidget(muted(t(f"import_page.{key}")), 0, place)
        known = [field for _, fields in groups_for(self._recipe.kind) for field in fields]
        for row, (name, field) in enumerate(self._recipe.mapping.items(), start=1):
            fields = known if field in known else [*known, field]
            select = Select(
                t("import_page.field_choice", column=name),
                [(one, t(f"importing.field.{one}")) for one in fields],
            )
            select.set_value(field)
            mode = Select(
                t("import_page.overwrite"), [(one, t(f"import_page.overwrite_{one}")) for one in OVERWRITES]
            )
            mode.setAccessibleName(t("import_page.overwrite_of", column=name))
            mode.set_value(self._recipe.answers.overwrite.get(name, "replace"))
            self.fields[name], self.modes[name] = select, mode
            for place, part in enumerate((ElidedLabel(name), select, mode)):
                grid.addWidget(part, row, place)
        grid.setColumnStretch(0, 2)
        grid.setRowStretch(len(self.fields) + 1, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(t("import_page.columns"))
        area.setWidget(page)
        card.body.addWidget(area)
        return card

    def _finish(self) -> None:
        modes = {name: select.value() for name, select in self.modes.items()}
        self.accept()
        self._save(
            replace(
                self._recipe.answers,
                fields={name: select.value() for name, select in self.fields.items()},
                overwrite={name: mode for name, mode in modes.items() if mode != "replace"},
                policy=self.policy.value(),
                tag_mode=self.tag_mode.value(),
            ),
            self.name.text(),
        )

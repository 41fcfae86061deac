"""匯入格式: how files of each shape are read, as kept from earlier imports; looked at, changed, forgotten,
carried to another computer. These are settings: no undo is needed, the next file of the shape asks again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.message import message
from desktop.importer.recipe import Answers
from desktop.operations.importing import recipes
from desktop.operations.importing.recipes import SavedRecipe
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.importing.mapping.recipe_dialog import RecipeDialog
from desktop.ui.settings.section import SettingsSection
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.labels import ElidedLabel, muted, text_label

SHOWN = 30
_NAMED = 4
FILE_NAME = "tagline-import.json"
_JSON = [(message("import_page.recipes_file"), "*.json")]


class RecipesSection(SettingsSection):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("import_page.recipes"))
        self.body.addWidget(muted(t("import_page.recipes_text"), wrap=True))
        self.recipes: list[SavedRecipe] = []
        self._rows = QWidget()
        self.body.addWidget(self._rows)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.save = button(t("import_page.recipes_save"), self._save, icon="export")
        row.addWidget(self.save)
        row.addWidget(button(t("import_page.recipes_load"), self._load, icon="download"))
        row.addStretch(1)
        self.body.addLayout(row)

    def opened(self) -> None:
        self.desk.jobs.read(recipes.saved, owner=self, then=self._show, latest="settings.recipes")

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.SHOP, Kind.HISTORY):
            self.opened()

    def _show(self, found: list[SavedRecipe]) -> None:
        self.recipes = found[:SHOWN]
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.px(6))
        grid.setHorizontalSpacing(theme.px(14))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        self.save.setEnabled(bool(found))
        if not found:
            grid.addWidget(muted(t("import_page.recipes_none"), wrap=True), 0, 0)
        for at, recipe in enumerate(self.recipes):
            for column, part in enumerate(self._row(recipe)):
                grid.addWidget(part, at, column)
        self.body.replaceWidget(self._rows, rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows

    def _row(self, recipe: SavedRecipe) -> list[QWidget]:
        name = recipe.called or t("import_page.recipes_unnamed")
        file = ElidedLabel(name)
        edit = button(t("import_page.recipes_edit"), lambda: self._edit(recipe))
        edit.setAccessibleName(t("import_page.recipes_edit_named", file=name))
        forget = icon_button(
            "trash", t("import_page.recipes_forget_named", file=name), lambda: self._forget(recipe)
        )
        kind = text_label(t(f"importing.kind.{recipe.kind}"), wrap=False)
        used = muted(i18n.moment(recipe.used_at))
        return [file, kind, ElidedLabel(summary_of(recipe), kind="muted"), used, edit, forget]

    def _edit(self, recipe: SavedRecipe) -> None:
        self.desk.dialogs.show(RecipeDialog(self, recipe, partial(self._change, recipe)))

    def _change(self, recipe: SavedRecipe, answers: Answers, name: str) -> None:
        self.desk.jobs.write(
            lambda db, _: _Done(recipes.change(db, recipe.fingerprint, answers, name)),
            owner=self,
            then=lambda _: self.opened(),
        )

    def _forget(self, recipe: SavedRecipe) -> None:
        name = recipe.called or t("import_page.recipes_unnamed")

        def forget() -> None:
            self.desk.jobs.write(
                lambda db, _: _Done(recipes.forget(db, recipe.fingerprint)),
                owner=self,
                then=lambda _: self.opened(),
            )

        self.desk.dialogs.confirm(
            self,
            message("import_page.recipes_forget_title", file=name),
            message("import_page.recipes_forget_text"),
            message("import_page.recipes_forget"),
            forget,
        )

    def _save(self) -> None:
        self.desk.dialogs.save_file(self, "export", FILE_NAME, self._write, filters=_JSON)

    def _write(self, path: Path) -> None:
        self.desk.jobs.background(
            lambda db, _: recipes.export(db, path),
            owner=self,
            then=lambda n: self.desk.notices.show(
                message("import_page.recipes_saved", n=n, file=path.name), kind="success"
            ),
        )

    def _load(self) -> None:
        self.desk.dialogs.open_files(self, "import", self._take_in, filters=_JSON, many=False)

    def _take_in(self, files: list[Path]) -> None:
        def take_in(db: Database, _: object) -> int:
            return recipes.take_in(db, files[0])

        self.desk.jobs.write(take_in, owner=self, then=self._taken_in)

    def _taken_in(self, n: int) -> None:
        self.desk.notices.show(message("import_page.recipes_taken", n=n), kind="success")
        self.opened()


class _Done:
    """What a change of a recipe changed, as the window wants to know it."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes


def summary_of(recipe: SavedRecipe) -> str:
    """The first fields that a recipe fills, and how many columns it has."""
    used = [field for field in recipe.mapping.values() if field not in ("ignore", "extra")]
    named = [t(f"importing.field.{field}") for field in dict.fromkeys(used)][:_NAMED]
    return t("import_page.recipes_summary", fields=named, n=len(recipe.mapping))

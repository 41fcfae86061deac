"""匯入格式 in the settings: looked at, changed, forgotten, saved and loaded."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.importing.mapping.recipe_dialog import RecipeDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.settings.page import SettingsPage
from desktop.ui.settings.recipes_section import RecipesSection, summary_of
from tests.ui.importing.importing_window import import_page, press, shown
from tests.ui.shop_window import FakeDialogs, open_page, settle


def section(window: MainWindow, qtbot: QtBot) -> RecipesSection:
    page = open_page(window, "settings", qtbot)
    assert isinstance(page, SettingsPage)
    found = page.sections["recipes"]
    assert isinstance(found, RecipesSection)
    return found


def imported(window: MainWindow, qtbot: QtBot, file: Path) -> RecipesSection:
    page = import_page(window, qtbot, file)
    press(page, window, qtbot)
    return section(window, qtbot)


def test_nothing_is_said_where_there_is_none(window: MainWindow, qtbot: QtBot) -> None:
    part = section(window, qtbot)
    assert part.recipes == []
    assert not part.save.isEnabled()


def test_an_imported_shape_is_listed(window: MainWindow, qtbot: QtBot, members_file: Path) -> None:
    (recipe,) = imported(window, qtbot, members_file).recipes
    assert (recipe.file, recipe.kind) == ("會員.csv", "members")
    assert summary_of(recipe) == "會員編號、姓名、電話、生日，共 5 欄"


def test_a_shape_changed_here_is_read_so_the_next_time(
    window: MainWindow, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs
) -> None:
    part = imported(window, qtbot, members_file)
    edit = next(one for one in part.findChildren(QPushButton) if one.text() == "修改…")
    edit.click()
    dialog = shown(dialogs, RecipeDialog)
    assert isinstance(dialog, RecipeDialog)
    dialog.fields["姓名"].set_value("note")
    dialog.modes["手機"].set_value("fill")
    dialog.policy.set_value("update")
    dialog.name.setText("POS 會員")
    dialog._finish()
    settle(window, qtbot)
    page = import_page(window, qtbot, members_file)
    assert page.entry is not None
    assert page.entry.recipe.mapping["姓名"] == "note"
    assert page.entry.recipe.decided.overwrite == {"手機": "fill"}
    assert page.entry.recipe.decided.policy == "update"
    assert part.recipes[0].called == "POS 會員"


def test_a_shape_is_forgotten_after_a_yes(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs
) -> None:
    part = imported(window, qtbot, members_file)
    forget = next(one for one in part.findChildren(QToolButton) if "刪除" in one.accessibleName())
    forget.click()
    settle(window, qtbot)
    assert len(part.recipes) == 1
    dialogs.answers["confirm"] = True
    forget.click()
    settle(window, qtbot)
    assert part.recipes == []
    assert desk.jobs.page_reader.value("SELECT count(*) FROM recipe") == 0


def test_shapes_travel_as_a_file(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    part = imported(window, qtbot, members_file)
    file = tmp_path / "formats.json"
    dialogs.answers["save_file"] = file
    part.save.click()
    settle(window, qtbot)
    assert len(json.loads(file.read_text(encoding="utf-8"))["recipes"]) == 1
    part._forget(part.recipes[0])
    dialogs.answers.update(confirm=True, open_files=[file])
    part._forget(part.recipes[0])
    settle(window, qtbot)
    assert part.recipes == []
    part._load()
    settle(window, qtbot)
    assert [recipe.file for recipe in part.recipes] == ["會員.csv"]

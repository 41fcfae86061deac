"""The page of tags in a shop that has none."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.store.shop_file import ShopFile
from desktop.ui.main_window import MainWindow
from desktop.ui.tags.page import RULES, TagsPage
from tests.ui.shop_window import FakeDialogs, open_page, settle


@pytest.fixture
def shop_path(tmp_path: Path) -> Path:
    """A shop without anybody."""
    with ShopFile.create(tmp_path / "空.tagline", name="空") as shop:
        return shop.path


def test_it_says_what_tags_are_for_and_offers_the_first(
    window: MainWindow, qtbot: QtBot, dialogs: FakeDialogs
) -> None:
    page = cast(TagsPage, open_page(window, "tags", qtbot))
    assert page.stack.currentWidget() is page.empty
    assert not page.new.isVisible()
    assert not page.panel.isVisible()
    dialogs.answers["ask_text"] = "熟客"
    page.ask_new()
    settle(window, qtbot)
    assert page.list.names == ["熟客"]
    assert page.new.isVisible()


def test_rules_without_data_say_so(window: MainWindow, qtbot: QtBot) -> None:
    page = cast(TagsPage, open_page(window, "tags", qtbot))
    page.tabs.setCurrentIndex(RULES)
    settle(window, qtbot)
    assert page.rules.stack.currentWidget() is page.rules.empty
    offered = [page.rules.begin._flow.itemAt(at).widget().text() for at in range(4)]  # type: ignore[union-attr]
    assert offered[0] == "熟客（還沒有資料）"

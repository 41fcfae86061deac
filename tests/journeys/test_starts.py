"""Starting in special cases: the program runs already; the shop file is damaged."""

from __future__ import annotations

from pathlib import Path

from desktop.store.recovery import backups
from desktop.text import t
from tests.journeys.conftest import Start
from tests.journeys.outcomes import value
from tests.journeys.window import PATIENCE, middle_of
from tests.shops import make_shop

PEOPLE = 40


def test_a_second_start_brings_the_first_window_to_the_front(start: Start, tmp_path: Path) -> None:
    shop, other = make_shop(tmp_path / "shop.tagline", PEOPLE), make_shop(tmp_path / "other.tagline", 3)
    first = start("--shop", shop)
    first.wait("the first window's list", lambda: len(first.rows()) > 10)
    over = start("--shop", other)
    over.wait("the other window's list", lambda: over.rows())
    lower, upper = first.seen()["windows"][0], over.seen()["windows"][0]
    where = middle_of(lower["rect"])
    assert first.screen.window_at(*where) == upper["id"]

    second = start("--shop", shop)
    assert second.process.wait(timeout=PATIENCE) == 0
    first.wait("the first window in front", lambda: first.screen.window_at(*where) == lower["id"])
    assert first.page == "members"
    assert first.close() == 0


def test_a_damaged_file_is_replaced_by_its_backup(start: Start, tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop.tagline", PEOPLE)
    backups.take(shop, "hand")
    with shop.open("r+b") as file:
        file.write(b"\xa5" * 4096)
    window = start("--shop", shop)
    window.wait_for_page("shop_problem")
    window.click_text("backups.restore")
    window.click_text("settings.restore_button")
    window.wait("the list", lambda: window.page == "members" and len(window.rows()) > 10)
    assert value(shop, "SELECT count(*) FROM person") == PEOPLE
    assert window.says(t("shell.restored"))
    assert window.close() == 0

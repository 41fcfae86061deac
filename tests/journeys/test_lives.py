"""What happens to tags and people over time, by mouse and keyboard: renaming into another tag, rules, editing, merging and taking
apart, deleting and letting back in, erasing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.text import t
from tests.journeys.conftest import Start
from tests.journeys.outcomes import people_with, rows, value
from tests.journeys.test_new_shop import choose_file
from tests.journeys.window import Window


def command(window: Window, words: str) -> None:
    """Take a command from the palette by its English name."""
    window.wait("a quiet window", lambda: window.seen().get("idle"))
    window.press("ctrl+k")
    window.wait("the palette", lambda: window.find(t("shell.command.palette"), kind="SearchField"))
    window.type(words)
    window.press("Return")


def open_member(window: Window, number: str) -> None:
    """Show the page of the member of this number."""

    def search() -> None:
        window.press("alt+1", "ctrl+f", "ctrl+a")
        window.type(number)

    window.step("one row", search, lambda: window.page == "members" and len(window.rows()) == 1)
    window.step("her page", lambda: window.press("ctrl+f", "Down", "Return"), lambda: window.page == "member")
    window.wait_for_page("member")


def test_a_tag_renamed_into_another_and_a_rule_run_and_both_taken_back(
    start: Start, practice_shop: Path
) -> None:
    shop = practice_shop
    both = value(
        shop,
        "SELECT count(DISTINCT person_id) FROM person_tag JOIN tag ON tag.id = tag_id WHERE name IN (?, 'VIP')",
        "熟客",
    )
    before = people_with(shop, "熟客")
    window = start()
    window.wait("the members", lambda: len(window.rows()) > 10)
    window.press("alt+2")
    window.wait("the tags", lambda: len(window.rows("TagTable")) > 5)
    window.wait_for_page("tags")
    window.press("Home")
    window.wait("the first tag's panel", lambda: window.find(t("tags_page.name")))

    def rename() -> None:
        window.press("F2", "ctrl+a")
        window.type("VIP")
        window.press("Return")

    window.step("the question", rename, lambda: window.find(t("tags_page.merge"), kind="PushButton"))
    window.step("one tag", lambda: window.press("Return"), lambda: people_with(shop, "VIP") == both)
    assert people_with(shop, "熟客") == 0
    window.step("two tags again", lambda: window.press("ctrl+z"), lambda: people_with(shop, "熟客") == before)

    command(window, "tag rules")
    name = t("rules.template.regulars")
    template = window.wait(
        "a template", lambda: next((p for p in window.parts() if p.text.startswith(f"{name}（")), None)
    )
    window.step(
        "its rule", lambda: window.screen.click(*template.middle), lambda: window.find(t("rules.run"))
    )
    window.wait("the preview", lambda: window.says(t("rules.preview.gains")))
    window.step(
        "the rule run",
        lambda: window.click_text("rules.run"),
        lambda: rows(shop, "SELECT changed FROM step WHERE kind = 'rule'"),
    )
    gained = value(shop, "SELECT changed FROM step WHERE kind = 'rule'")
    assert gained > 0
    assert people_with(shop, "熟客") == before + gained
    window.step("taken back", lambda: window.press("ctrl+z"), lambda: people_with(shop, "熟客") == before)
    assert window.close() == 0


def test_a_member_edited_and_two_merged_and_taken_apart(start: Start, practice_shop: Path) -> None:
    shop = practice_shop
    number, name = rows(shop, "SELECT member_no, name FROM person WHERE member_no IS NOT NULL ORDER BY id")[0]
    by_hand = "SELECT name, by_hand FROM person WHERE member_no = ?"
    window = start()
    window.wait("the members", lambda: len(window.rows()) > 10)
    open_member(window, number)

    def edit() -> None:
        window.press("F2", "ctrl+a")
        window.type("Amy Chen")
        window.press("Return")

    window.step("her new name", edit, lambda: rows(shop, by_hand, number) == [("Amy Chen", '["name"]')])
    window.step(
        "her name again",
        lambda: window.press("ctrl+z"),
        lambda: rows(shop, by_hand, number) == [(name, None)],
    )

    people = value(shop, "SELECT count(*) FROM person")
    command(window, "possible duplicates")
    window.wait("pairs", lambda: window.page == "duplicates" and window.rows("PairsTable"))
    window.wait_for_page("duplicates")
    window.step(
        "one fewer",
        lambda: window.press("ctrl+Return"),
        lambda: value(shop, "SELECT count(*) FROM person") == people - 1,
    )
    window.press("ctrl+h")
    window.wait_for_page("history")
    window.step(
        "what the merge did",
        lambda: window.press("Home"),
        lambda: window.find(t("history_page.undo_this"), kind="PushButton"),
    )
    window.click_text("history_page.undo_this")
    undo = t("history_page.undo.button")
    button = window.wait(
        "the button",
        lambda: next((p for p in window.parts() if p.text.startswith(f"{undo} ") and p.enabled), None),
    )
    window.screen.click(*button.middle)
    window.wait("two people again", lambda: value(shop, "SELECT count(*) FROM person") == people)
    assert window.close() == 0


def _asks(window: Window) -> str:
    return "asks" if any(one["kind"] == "QFileDialog" for one in window.seen()["windows"]) else ""


def ask_for_import(window: Window, start: Start, file: Path) -> Window:
    """Another day: the program is started again, and the file chosen for import, where it is not still there from last time."""
    assert window.close() == 0
    again = start()
    again.wait("the shop", lambda: again.page and again.seen().get("idle"), 25)
    again.press("ctrl+i")

    def shown() -> bool | str:
        return _asks(again) or (again.page == "import" and again.says(file.name))

    if again.wait("a file or the question for one", shown) == "asks":
        choose_file(again, file)
    again.wait_for_page("import")
    return again


@pytest.mark.long
def test_who_was_deleted_comes_back_only_when_allowed_and_who_was_erased_never(
    start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    people = [("N001", "Amy"), ("N002", "Bella"), ("N003", "Cindy")]
    lines = "".join(f"{number},{name},09{n:08}\r\n" for n, (number, name) in enumerate(people, start=1))
    file.write_text("會員編號,姓名,手機\r\n" + lines, encoding="utf-8-sig")
    window = start()
    window.wait_for_page("welcome")
    window.click_text("welcome.export")
    choose_file(window, file)
    window.wait_for_page("import")
    (shop,) = (Path(os.environ["TAGLINE_DATA_DIR"]) / "shops").glob("*.tagline")
    names = "SELECT name FROM person ORDER BY name"
    window.click_text("import_page.commit", n=3)
    window.wait("everybody", lambda: [row[0] for row in rows(shop, names)] == ["Amy", "Bella", "Cindy"])
    window.wait("a quiet window", lambda: window.seen().get("idle"))

    open_member(window, "N001")
    command(window, "delete member")
    window.wait("her gone", lambda: [row[0] for row in rows(shop, names)] == ["Bella", "Cindy"])
    window = ask_for_import(window, start, file)
    window.wait("nothing to import", lambda: window.says(t("import_page.commit_none")))
    assert [row[0] for row in rows(shop, names)] == ["Bella", "Cindy"]

    command(window, "deleted members")
    window.step(
        "her let back in",
        lambda: window.click_text("leaving.allow"),
        lambda: value(shop, "SELECT count(*) FROM deleted_person WHERE allowed_at IS NOT NULL") == 1,
    )
    window = ask_for_import(window, start, file)
    window.click_text("import_page.commit", n=1)
    window.wait("her back", lambda: value(shop, "SELECT count(*) FROM person") == 3)
    window.wait("a quiet window", lambda: window.seen().get("idle"))

    open_member(window, "N002")
    command(window, "erase for good")
    field = window.wait("her name to type", lambda: window.find(t("leaving.type_name", name="Bella")))
    assert window.find(t("leaving.erase_button"), kind="PushButton") is None
    window.screen.click(*field.middle)
    window.type("Bella")
    window.step(
        "her erased",
        lambda: window.click_text("leaving.erase_button"),
        lambda: [row[0] for row in rows(shop, names)] == ["Amy", "Cindy"],
    )
    window.wait("the receipt", lambda: window.says(t("leaving.receipt_done")))
    window.click_text("shell.close")
    assert value(shop, "SELECT count(*) FROM erased_key") > 0
    window = ask_for_import(window, start, file)
    window.wait("nothing to import", lambda: window.says(t("import_page.commit_none")))
    assert [row[0] for row in rows(shop, names)] == ["Amy", "Cindy"]
    assert window.close() == 0

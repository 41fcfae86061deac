"""A newcomer in practice mode, from the first screen to an audience that can be used."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.text import t
from tests.journeys.conftest import Start
from tests.journeys.outcomes import SimulatedLine, people_with, reachable_with, rows, value
from tests.journeys.window import Window, middle_of


def choose_row(window: Window, number: int, keys: str = "") -> None:
    """Click the name in a row of the list that is shown."""
    _, y = middle_of(window.rows("Table")[number]["rect"])
    window.screen.click(window.rows("Table")[number]["cell_rects"][0][0] + 20, y, keys=keys)


def test_first_screen_to_a_tag_and_back(start: Start) -> None:
    window = start()
    window.wait_for_page("welcome")
    window.click_text("welcome.practice")
    window.wait("the sample shop", lambda: window.page == "members" and len(window.rows()) > 10, 25)
    window.wait_for_page("members")
    (shop,) = (Path(os.environ["TAGLINE_DATA_DIR"]) / "shops").glob("*.tagline")
    phone = value(
        shop, "SELECT phone FROM person WHERE phone LIKE '+8869%' GROUP BY phone HAVING count(*) = 1"
    )

    def search() -> None:
        window.press("ctrl+f", "ctrl+a")
        window.type(phone.replace("+886", "0"))

    window.step("the search", search, lambda: len(window.rows()) == 1)
    before = value(shop, "SELECT count(*) FROM person_tag")
    window.step(
        "a selected member",
        lambda: choose_row(window, 0),
        lambda: window.says(t("tag_panel.held_one")),
    )

    def tag() -> None:
        window.press("ctrl+t", "ctrl+a")
        window.type("journey")
        window.press("Return")

    window.step("the tag in the file", tag, lambda: people_with(shop, "journey") == 1)
    assert value(shop, "SELECT count(*) FROM person_tag") == before + 1
    window.step(
        "the tag taken back", lambda: window.press("ctrl+z"), lambda: not people_with(shop, "journey")
    )
    assert value(shop, "SELECT count(*) FROM person_tag") == before
    assert window.close() == 0


def test_one_click_to_an_audience_at_line(start: Start, practice_shop: Path) -> None:
    window = start()
    window.wait("the members", lambda: len(window.rows()) > 10)
    upload(window, "VIP")
    meant = reachable_with(practice_shop, "VIP")
    sql = "SELECT state, audience_group_id FROM upload"
    window.wait("READY", lambda: [row[0] for row in rows(practice_shop, sql)] == ["ready"], 20)
    line = SimulatedLine(window.process.pid)
    ((_, audience),) = rows(practice_shop, sql)
    assert line.ids_of(audience) == meant
    assert [one["status"] for one in line.audiences() if one["id"] == audience] == ["READY"]
    window.click_text("shell.page.outbox")
    window.wait(
        "READY in words", lambda: any(t("outbox_page.state.ready") in row["cells"] for row in window.rows())
    )
    assert window.close() == 0


def upload(window: Window, tag: str) -> None:
    """From the members page: an audience of a tag, and the one click."""
    window.step(
        "the audience's page",
        lambda: window.click_text("members.audience"),
        lambda: window.page == "audiences",
    )
    words = t("audiences_page.add_value", field=t("query.field.tag"))
    window.click_text("audiences_page.add_condition")
    window.wait("the fields to choose", lambda: window.find(t("builder.choose_field"), kind="Field"))
    window.type(t("query.field.tag"))
    window.press("Return")
    window.step(
        "the list of tags",
        lambda: window.click(words),
        lambda: window.find(words, kind="Field"),
    )
    window.type(tag)
    window.press("Return", "Escape")
    window.wait("the count", lambda: window.says(t("audiences_page.why.tag", tag=tag)))
    window.wait("a quiet window", lambda: window.seen().get("idle"))
    window.click_text("audiences_page.upload")

"""The network fails while an audience goes up: the window says so in words, and afterwards there is one audience, and the right one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.text import t
from tests.journeys.conftest import Start
from tests.journeys.outcomes import SimulatedLine, reachable_with, rows
from tests.journeys.test_practice import upload

CREATE = "audienceGroup/upload"
TROUBLES: dict[str, dict[str, Any]] = {
    "answer lost": {"kind": "cut_after", "method": "POST", "path": CREATE},
    "unreachable": {"kind": "cut_before", "count": None},
    "login page": {"kind": "captive_portal", "count": None},
    "server error": {"kind": "status", "status": 500, "count": None, "path": "audienceGroup"},
    "too many": {"kind": "status", "status": 429, "count": None, "path": CREATE},
}
USUAL = "unreachable"
WORDS = {
    "answer lost": "outbox_page.state.ready",
    "login page": "outbox_page.state.offline",
}


@pytest.mark.parametrize(
    "trouble", [pytest.param(one, marks=() if one == USUAL else pytest.mark.long) for one in TROUBLES]
)
def test_one_audience_after_all(start: Start, practice_shop: Path, trouble: str) -> None:
    window = start()
    window.wait("the members", lambda: len(window.rows()) > 10)
    window.step(
        "LINE's answer", lambda: window.click_text("members.audience"), lambda: window.page == "audiences"
    )
    window.wait("the account's figures", lambda: window.says(t("audiences_page.cost")))
    line = window.wait("the simulated LINE", lambda: simulated(window.process.pid))
    window.click_text("shell.page.members")
    window.wait_for_page("members")
    line.befall(**TROUBLES[trouble])
    upload(window, "VIP")
    window.wait(
        "the upload in the file", lambda: rows(practice_shop, "SELECT 1 FROM upload WHERE state <> 'sending'")
    )
    window.click_text("shell.page.outbox")
    words = t(WORDS.get(trouble, "outbox_page.act.retry"))
    window.wait(f"「{words}」", lambda: any(words in row["cells"] for row in window.rows()))
    line.heal()
    again = window.find(t("outbox_page.retry_all"))
    if again is not None:
        window.screen.click(*again.middle)
    state = "SELECT state, audience_group_id FROM upload"
    window.wait("READY", lambda: [row[0] for row in rows(practice_shop, state)] == ["ready"], 25)
    ((_, audience),) = rows(practice_shop, state)
    assert [one["id"] for one in line.audiences()] == [audience]
    assert line.ids_of(audience) == reachable_with(practice_shop, "VIP")
    assert window.close() == 0


def simulated(process: int) -> SimulatedLine | None:
    """The simulated LINE, once the program has started it."""
    try:
        return SimulatedLine(process)
    except LookupError:
        return None

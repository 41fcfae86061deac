"""What is said about publishing: each state has a badge and something to do, banners say the most urgent thing, in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from desktop.core.message import message
from desktop.operations.planning.publishing.models import LiveMenu, Newly, PeriodDue, PlannedMenu, Publication
from desktop.store.publishing.jobs import PublishingJob
from desktop.text import LANGUAGES, render, use_language
from desktop.ui.outbox.filters import OutboxPart, belongs
from desktop.ui.publishing import states, words
from desktop.ui.publishing.reading import ToSay
from desktop.ui.publishing.states import MenuAct

JOB = PublishingJob(
    id=1,
    kind="publish",
    state="waiting",
    confirmed=True,
    account="U" + "0" * 32,
    before_id=None,
    menus=2,
    people=42,
    error=None,
    day="2026-11-22",
    pressed_at="2026-11-22T01:00:00.000000Z",
    finished_at=None,
    changed_at="2026-11-22T01:00:00.000000Z",
    done=3,
    requests=12,
)
STATES = ("waiting", "sending", "unknown", "done", "action_needed", "refused", "cancelled")


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language("zh_TW")


@pytest.mark.parametrize("kind", ["publish", "restore", "take_back", "links"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_badge_and_ends_with_its_details(state: str, kind: str) -> None:
    job = replace(JOB, state=state, kind=kind)
    assert states.name_of(job)
    text, colour = states.badge(job)
    assert text
    assert colour in ("good", "info", "neutral", "warning", "error")
    acts = states.acts(job)
    assert acts[-1] is MenuAct.DETAILS
    assert all(states.act_label(act) for act in acts)
    assert (MenuAct.CANCEL in acts) == states.is_open(job)
    parts = [part for part in OutboxPart if part is not OutboxPart.SENT and belongs(job, part)]
    assert OutboxPart.ALL in parts
    assert len(parts) >= 2


def test_what_waits_since_the_last_start_wants_a_press() -> None:
    job = replace(JOB, confirmed=False)
    assert states.acts(job)[0] is MenuAct.CONFIRM
    assert states.needs_owner(job)
    assert belongs(job, OutboxPart.ATTENTION)
    assert not belongs(job, OutboxPart.RUNNING)


def test_being_offline_is_no_trouble_and_a_bad_key_leads_to_the_settings() -> None:
    offline = replace(JOB, error=message("line.dns"))
    assert states.trouble(offline) == ""
    assert states.badge(offline)[1] == "neutral"
    assert states.share(offline) == pytest.approx(0.25)
    refused = replace(JOB, state="action_needed", error=message("line.sign_in_again"))
    assert states.acts(refused)[0] is MenuAct.SIGN_IN
    assert states.share(refused) is None
    assert states.trouble(refused)


def said(what: ToSay) -> str:
    found = words.to_say(what)
    assert found is not None
    return f"{render(found[0])} {render(found[1])}"


def test_the_banner_says_the_most_urgent_thing() -> None:
    due = (PeriodDue(7, "聖誕版", "starts", date(2026, 12, 1)),)
    newly = Newly(42, (("會員版", 42),))
    assert words.to_say(ToSay()) is None
    bound = said(ToSay(newly=newly, bound=True))
    assert "42" in bound
    assert "會員版" in bound
    assert said(ToSay(newly=newly)) != bound
    assert "聖誕版" in said(ToSay(due=due, newly=newly))
    ends = said(ToSay(due=(replace(due[0], what="ends"),)))
    assert ends != said(ToSay(due=due))
    assert "2" in said(ToSay(due=due * 2))
    broken = ToSay(newly=Newly(0, problem=message("publishing.query_wrong", name="VIP 版", why="…")))
    assert "VIP 版" in said(broken)
    assert broken.needs_a_look
    waiting = said(ToSay(waiting=(JOB,), due=due, newly=newly))
    assert "聖誕版" not in waiting
    stuck = replace(JOB, state="action_needed", error=message("line.sign_in_again"))
    assert states.act_label(MenuAct.SIGN_IN) in said(ToSay(stuck=stuck, due=due))
    assert words.to_say(ToSay(stuck=replace(stuck, error=None))) is None
    many = said(ToSay(newly=Newly(45, (("會員版", 40), ("VIP 版", 2)), 3)))
    assert all(part in many for part in ("45", "會員版", "40", "VIP 版", "2", "3"))
    assert "3" in said(ToSay(newly=Newly(3, (), 3)))


def test_the_sheet_lists_only_what_happens() -> None:
    menus = (
        PlannedMenu(1, "會員版", "bound:yes", "people", "unchanged", 9),
        PlannedMenu(2, "新好友版", "", "default", "new", 0),
    )
    nothing = Publication(menus[:1], (), 0, 0, False, False, False, (), ())
    assert words.happens(nothing) == []
    everything = Publication(menus, ("舊版",), 9, 2, True, True, True, (), ())
    lines = [render(line) for line in words.happens(everything)]
    assert len(lines) == 5
    assert "新好友版" in lines[1]
    assert "舊版" in lines[4]
    rules = Publication(menus[:1], (), 0, 0, False, True, False, (), ())
    assert len(words.happens(rules)) == 1
    cleared = Publication(menus[:1], (), 0, 0, True, False, False, (), ())
    assert len(words.happens(cleared)) == 1


def test_whose_a_menu_is_is_told_in_words() -> None:
    everybody = LiveMenu(1, 1, "版", "", "default", "", 0, None)
    assert words.for_whom(everybody, alone=True) != words.for_whom(everybody, alone=False)
    people = replace(everybody, role="people", query="tag:VIP", people=1_200)
    assert "VIP" in words.for_whom(people, alone=False)
    assert "1,200" in words.for_whom(people, alone=False)
    assert words.who("tag:(") == "tag:("
    assert words.for_whom(replace(everybody, role="tab"), alone=False)

"""The checklist of recruiting: ticks, what an account may do, links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.planning.recruiting import (
    ACCOUNT_KINDS,
    WAYS,
    Branch,
    Recruiting,
    from_content,
    link_of,
    link_problem,
    same_links,
    to_content,
)
from desktop.exporter.qr_code import fields

ITEMS = [item for items in WAYS.values() for item in items]


@given(
    st.builds(
        Recruiting,
        account_kind=st.sampled_from(("", *ACCOUNT_KINDS)),
        done=st.frozensets(st.sampled_from(ITEMS)),
        left_out=st.frozensets(st.sampled_from(ITEMS)),
        link=st.text(max_size=20),
        offer=st.text(max_size=20),
        branches=st.lists(st.builds(Branch, st.text(max_size=5), st.text(max_size=5)), max_size=3).map(tuple),
    )
)
def test_what_is_kept_comes_back(recruiting: Recruiting) -> None:
    assert from_content(to_content(recruiting)) == recruiting


def test_what_nobody_knows_any_more_falls_away() -> None:
    assert from_content({"done": ["counter", "fax"], "account_kind": "gold", "branches": None}) == Recruiting(
        done=frozenset({"counter"})
    )


def test_an_item_is_done_left_out_or_open_never_two() -> None:
    one = Recruiting().ticked("door", "done")
    assert one.state("door") == "done"
    one = one.ticked("door", "left_out")
    assert (one.state("door"), one.done) == ("left_out", frozenset())
    assert one.ticked("door", "open") == Recruiting()


def test_a_general_account_is_not_asked_for_what_it_may_not_do() -> None:
    general = Recruiting(account_kind="general", done=frozenset({"share"}))
    assert general.closed("search")
    assert general.count("line") == (1, 1)
    assert Recruiting(account_kind="verified").count("line") == (0, 3)


def test_left_out_things_do_not_count() -> None:
    assert Recruiting(left_out=frozenset({"parcel"})).count("online") == (0, 4)


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("lin.ee/abc", "not_https"),
        ("http://lin.ee/abc", "not_https"),
        ("https://", "not_https"),
        ("https://lin.ee.example.com/abc", "not_line"),
        ("https://shop.example.com", "not_line"),
        ("https://lin.ee/abc", None),
        ("https://line.me/R/ti/p/%40shop", None),
        ("https://page.line.me/shop", None),
    ],
)
def test_a_link_must_lead_to_line(link: str, problem: str | None) -> None:
    assert link_problem(link) == problem


def test_the_link_of_an_account_is_one_of_lines() -> None:
    assert link_of("@daydaycoffee") == "https://line.me/R/ti/p/%40daydaycoffee"
    assert link_problem(link_of("@日日")) is None


def test_one_stand_without_branches_else_one_each_with_its_link() -> None:
    alone = Recruiting(link="https://lin.ee/a")
    assert alone.stands("日日咖啡") == (Branch("日日咖啡", "https://lin.ee/a"),)
    two = Recruiting(
        link="https://lin.ee/a", branches=(Branch("中山店"), Branch("信義店", "https://lin.ee/b"))
    )
    assert [stand.link for stand in two.stands("日日咖啡")] == ["https://lin.ee/a", "https://lin.ee/b"]
    assert not same_links(two)
    assert same_links(Recruiting(link="https://lin.ee/a", branches=(Branch("中山店"), Branch("信義店"))))


def test_a_code_is_square_and_has_its_three_corners() -> None:
    rows = fields("https://lin.ee/abc")
    assert {len(row) for row in rows} == {len(rows)}
    corner = [row[:7] for row in rows[:7]]
    assert corner == [row[-7:] for row in rows[:7]] == [row[:7] for row in rows[-7:]]
    assert corner[0] == (True,) * 7


def test_what_no_code_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        fields("https://lin.ee/" + "a" * 3_000)

"""What holds for every list of friends and members: whoever is proposed, and how surely."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import Cancelled
from desktop.store.people_lifecycle.friend_likeness import Friend, Member, likely_friends
from desktop.store.people_lifecycle.likeness import CERTAINTIES, Duplicate

NAMES = st.one_of(
    st.text("陳林王美玲志明怡君", min_size=0, max_size=4),
    st.text("陳美玲 Amy🌸.-", max_size=6),
    st.sampled_from(["Amy Chen", "chen amy", "Mei-Ling", "amychen"]),
)
DAYS = st.sampled_from([None, "2026-03-05", "2026-04-06"])
SHOPS = st.tuples(
    st.lists(st.tuples(NAMES, DAYS), max_size=8),
    st.lists(st.tuples(NAMES, DAYS, st.sampled_from([None, "amychen88@example.com"])), max_size=8),
)
Shop = tuple[list[tuple[str, str | None]], list[tuple[str, str | None, str | None]]]


def people(shop: Shop) -> tuple[list[Friend], list[Member]]:
    friends = [Friend(number, name, day) for number, (name, day) in enumerate(shop[0], start=1)]
    members = [
        Member(100 + number, name, email, (), frozenset([day] if day else []))
        for number, (name, day, email) in enumerate(shop[1])
    ]
    return friends, members


def found(shop: Shop, apart: frozenset[tuple[int, int]] = frozenset()) -> list[Duplicate]:
    return likely_friends(*people(shop), apart, lambda: None)


@given(SHOPS)
def test_each_pair_is_a_friend_and_a_member_once_the_surest_first(shop: Shop) -> None:
    pairs = found(shop)
    assert len({(one.low, one.high) for one in pairs}) == len(pairs)
    assert all(one.low < 100 <= one.high and one.evidence for one in pairs)
    order = [CERTAINTIES.index(one.certainty) for one in pairs]
    assert order == sorted(order)


@given(SHOPS)
def test_a_sure_one_has_nobody_as_good_beside_it(shop: Shop) -> None:
    pairs = found(shop)
    sure = [one for one in pairs if one.certainty == "sure"]
    assert all(n == 1 for n in Counter(person for one in sure for person in (one.low, one.high)).values())


@given(SHOPS)
def test_pairs_kept_apart_never_come_back_and_change_no_other(shop: Shop) -> None:
    pairs = found(shop)
    if not pairs:
        return
    gone = (pairs[0].low, pairs[0].high)
    left = found(shop, frozenset([gone]))
    assert left == [one for one in pairs if (one.low, one.high) != gone]


@given(SHOPS)
def test_the_order_of_people_does_not_matter(shop: Shop) -> None:
    friends, members = people(shop)
    turned = likely_friends(friends[::-1], members[::-1], frozenset(), lambda: None)
    assert {(one.low, one.high, one.certainty) for one in turned} == {
        (one.low, one.high, one.certainty) for one in found(shop)
    }


def test_it_can_be_stopped() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        likely_friends([Friend(1, "陳美玲", None)], [], frozenset(), stop)

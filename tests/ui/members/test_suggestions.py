"""What the tag box suggests, and in which order."""

from __future__ import annotations

from desktop.core.people.tag import Tag
from desktop.ui.members.tagging.suggestions import MOST, Suggestion, TagIndex

TAGS = [
    Tag(1, "愛喝豆漿拿鐵", people=57),
    Tag(2, "豆子訂閱", people=412),
    Tag(3, "VIP", people=80),
    Tag(4, "外帶", people=3),
    Tag(5, "外送", people=900),
    Tag(6, "ＳＶＩＰ客", people=2),
]


def names(index: TagIndex, text: str) -> list[str]:
    return [one.name for one in index.find(text) if not one.new]


def test_a_tag_is_found_anywhere_in_its_name_the_beginning_first() -> None:
    assert names(TagIndex(TAGS), "豆") == ["豆子訂閱", "愛喝豆漿拿鐵"]


def test_width_and_case_do_not_count() -> None:
    assert names(TagIndex(TAGS), "ｖｉｐ") == ["VIP", "ＳＶＩＰ客"]
    assert names(TagIndex(TAGS), "svip") == ["ＳＶＩＰ客"]


def test_what_many_people_have_comes_first_unless_another_was_used_last() -> None:
    assert names(TagIndex(TAGS), "外") == ["外送", "外帶"]
    assert names(TagIndex(TAGS, recent=[4]), "外") == ["外帶", "外送"]


def test_the_typed_part_is_marked() -> None:
    (found,) = [one for one in TagIndex(TAGS).find("漿") if not one.new]
    assert (found.start, found.length) == (3, 1)


def test_a_new_tag_is_offered_last_and_only_if_there_is_none_of_this_name() -> None:
    index = TagIndex(TAGS)
    assert index.find("豆")[-1] == Suggestion("豆", new=True)
    assert not any(one.new for one in index.find("vip"))
    assert index.existing("ｖｉｐ ") == "VIP"


def test_without_text_the_likeliest_are_shown_and_no_new_one() -> None:
    found = TagIndex(TAGS, recent=[3]).find("  ")
    assert found[0].name == "VIP"
    assert not any(one.new for one in found)


def test_what_everybody_has_already_goes_to_the_end() -> None:
    found = TagIndex(TAGS).find("豆", held={2})
    assert [one.name for one in found] == ["愛喝豆漿拿鐵", "豆子訂閱", "豆"]
    assert found[1].held


def test_a_long_list_is_cut() -> None:
    many = [Tag(number, f"標籤{number}", people=number) for number in range(5_000)]
    found = TagIndex(many).find("標籤")
    assert len([one for one in found if not one.new]) == MOST
    assert found[0].name == "標籤4999"

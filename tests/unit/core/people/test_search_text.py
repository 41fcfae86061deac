"""Folding for the search, and phones in every writing."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.people.fields import FIELDS, find_field, nearest_word
from desktop.core.people.search_text import (
    PLAIN_CHARACTERS,
    PhoneNeedle,
    fold,
    folded,
    phone_needle,
    phone_writings,
)


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ((None, None, None), None),
        (("王小明", None, "老客人"), None),
        (("Wang", "WANG", "Ok"), None),
        (("ＷＡＮＧ", None, None), "wang\n\n"),
        (("王", "ｶﾌｪ", "Straße"), "王\nカフェ\nstrasse"),
        (("a\nb", None, "c\nd"), "a b\n\nc\nd"),
        (("王", None, "第一行\n第二行"), None),
    ],
)
def test_folded_text_is_kept_where_it_says_more(parts: tuple[str | None, ...], kept: str | None) -> None:
    assert folded(*parts) == kept


@given(
    st.tuples(*[st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"))] * 3)
)
def test_without_kept_text_ascii_case_is_all_there_is_to_fold(
    parts: tuple[str | None, str | None, str | None],
) -> None:
    whole = "\n".join(part or "" for part in parts)
    ascii_lower = whole.encode().lower().decode()
    expected = unicodedata.normalize("NFKC", whole).casefold()
    assert folded(*parts) == (
        None if expected == ascii_lower else "\n".join(fold(part or "") for part in parts)
    )


def test_plain_characters_fold_like_ascii() -> None:
    plain = re.compile(f"[{PLAIN_CHARACTERS}]")
    characters = [chr(code) for code in range(0x110000) if plain.match(chr(code))]
    assert len(characters) > 21_000
    assert [c for c in characters if fold(c) != c.encode().lower().decode()] == []


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("0912-345-678", PhoneNeedle("0912345678", ("+886912345678",))),
        ("０９１２　345 678", PhoneNeedle("0912345678", ("+886912345678",))),
        ("(02)2345-6789#12", PhoneNeedle("0223456789", ("+886223456789",))),
        ("02-2345-6789 分機 12", PhoneNeedle("0223456789", ("+886223456789",))),
        ("+886 912", PhoneNeedle("", ("+886912",))),
        ("+886 (0)912", PhoneNeedle("", ("+8860912", "+886912"))),
        ("8860912", PhoneNeedle("8860912", ("+886912",))),
        ("00886912345678", PhoneNeedle("00886912345678", ("+886912345678",))),
        ("002886912345678", PhoneNeedle("002886912345678", ("+2886912345678", "+886912345678"))),
        ("5678", PhoneNeedle("5678", ())),
        ("王小明", None),
        ("A0912", None),
        ("12:30", None),
        ("-", None),
        ("+", None),
        ("", None),
    ],
)
def test_a_phone_is_found_in_every_writing(text: str, needle: PhoneNeedle | None) -> None:
    assert phone_needle(text) == needle


@pytest.mark.parametrize(
    "writing",
    [
        "0912345678",
        "0912-345-678",
        "912345678",
        "886912345678",
        "+886912345678",
        "+886 (0)912 345 678",
        "００886912345678",
    ],
)
def test_a_complete_phone_names_its_number(writing: str) -> None:
    assert "+886912345678" in phone_writings(writing)


def test_other_countries_write_their_own_numbers() -> None:
    assert phone_needle("090-1234", "JP") == PhoneNeedle("0901234", ("+81901234",))
    assert phone_needle("9123", "HK") == PhoneNeedle("9123", ())
    assert "+85291234567" in phone_writings("+852 9123 4567", "TW")
    assert phone_writings("no phone") == ()


def test_every_field_answers_to_its_words_and_to_no_others() -> None:
    words = [word for field in FIELDS.values() for word in (field.name, *field.words)]
    assert len({fold(word) for word in words}) == len(words)
    for field in FIELDS.values():
        assert all(find_field(word) is field for word in (field.name, *field.words))
    assert find_field("ＬＡＳＴ-Order") is FIELDS["last_order"]
    assert find_field("nothing") is None


def test_the_nearest_word() -> None:
    assert nearest_word("strore", FIELDS) == "store"
    assert nearest_word("門", ["門市", "等級"]) == "門市"
    assert nearest_word("%", FIELDS) is None

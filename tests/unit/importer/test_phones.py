"""Phone numbers in every writing shops use, and the fast path held against the library's numbering plans."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importer.values.phones import is_junk_phone, read_phone

MOBILE = "+886912345678"


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912-345-678",
        "0912 345 678",
        "0912.345.678",
        "(0912)345678",
        "+886912345678",
        "886912345678",
        "+886 0912345678",
        "+886-912-345-678",
        "(886)912345678",
        "00886912345678",
        "002886912345678",
        "０９１２３４５６７８",
        "０９１２－３４５－６７８",
        "'0912345678",
        '="0912345678"',
        "912345678",
        "912345678.0",
        "9.12345678E8",
        "9.12345678E+08",
        "8.86912345678E11",
        "\u200b0912345678\u00a0",
        "\u202a0912345678\u202c",
        "手機:0912345678",
        "0912345678(媽媽)",
        "王先生 0912-345-678",
        "0912345678;",
        "0912–345–678",
        "0912-345-678 分機 12",
    ],
)
def test_one_mobile_number_in_many_writings(text: str) -> None:
    assert read_phone(text).value == MOBILE


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("(02)2345-6789", "+886223456789"),
        ("(02)2345-6789#123", "+886223456789"),
        ("02 2345 6789 轉 12", "+886223456789"),
        ("223456789", "+886223456789"),
        ("037-123456", "+88637123456"),
        ("049-2345678", "+886492345678"),
        ("082-312345", "+88682312345"),
        ("0826-61234", "+88682661234"),
        ("0836-22345", "+88683622345"),
        ("089-345678", "+88689345678"),
        ("0800-123-456", "+886800123456"),
        ("+852 9123 4567", "+85291234567"),
        ("+81 90-1234-5678", "+819012345678"),
        ("+1 (415) 555-2671", "+14155552671"),
    ],
)
def test_landlines_and_foreign_numbers(text: str, e164: str) -> None:
    assert read_phone(text).value == e164


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("9.12E+08", "phone_digits_lost"),
        ("9.123456E+08", "phone_digits_lost"),
        ("8.86912E+11", "phone_digits_lost"),
        ("0912-34", "phone_too_short"),
        ("12345", "phone_too_short"),
        ("091234567890", "phone_too_long"),
        ("000-0000-0000", "phone_junk"),
        ("0900000000", "phone_junk"),
        ("0911111111", "phone_junk"),
        ("abc", "not_a_phone"),
        ("a@b.com", "not_a_phone"),
        ("U0123456789abcdef0123456789abcdef", "not_a_phone"),
        ("請洽櫃檯", "not_a_phone"),
    ],
)
def test_what_cannot_be_used_has_its_reason(text: str, reason: str) -> None:
    outcome = read_phone(text)
    assert (outcome.value, outcome.problem) == (None, reason)


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "無", "N/A", "-", "0", "なし", "null"])
def test_words_for_nothing_are_blank(text: str) -> None:
    outcome = read_phone(text)
    assert (outcome.value, outcome.problem) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "0912345678/0922333444",
        "0912345678、0922333444",
        "0912345678 0922333444",
        "0912345678 或 0922333444",
        "0912345678\n0922333444",
    ],
)
def test_of_two_numbers_the_first_is_kept_and_the_second_reported(text: str) -> None:
    outcome = read_phone(text)
    assert (outcome.value, outcome.problem) == (MOBILE, "second_phone")


def test_the_same_number_twice_is_one() -> None:
    assert read_phone("0912345678 / 0912-345-678").problem is None


def test_a_junk_number_beside_a_good_one_does_not_hide_it() -> None:
    assert read_phone("0900000000 / 0912345678").value == MOBILE


@pytest.mark.parametrize(
    ("text", "repairs"),
    [
        ("912345678", ("leading_zero",)),
        ("9.12345678E8", ("scientific", "leading_zero")),
        ("０９１２３４５６７８", ("full_width",)),
        ("'0912345678", ("excel_text",)),
        ("(02)2345-6789#123", ("phone_extension",)),
        ("0912345678", ()),
    ],
)
def test_repairs_are_told(text: str, repairs: tuple[str, ...]) -> None:
    assert read_phone(text).repairs == repairs


def test_a_column_of_country_codes_decides() -> None:
    assert read_phone("98765432", "TW", "852").value == "+85298765432"
    assert read_phone("912345678", "TW", "886").value == MOBILE


def test_a_japanese_shop() -> None:
    assert read_phone("090-1234-5678", "JP").value == "+819012345678"
    assert read_phone("9012345678", "JP").value == "+819012345678"


def library(text: str) -> str | None:
    """What the phonenumbers library alone makes of a Taiwanese number."""
    try:
        parsed = phonenumbers.parse(text, "TW")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@given(st.from_regex(r"09[0-9]{8}", fullmatch=True))
def test_the_fast_path_agrees_with_the_library_on_mobile_numbers(text: str) -> None:
    known = library(text)
    assert known is not None
    assert read_phone(text).value == (None if is_junk_phone(known) else known)


@given(st.from_regex(r"0[2-8][0-9]{6,8}", fullmatch=True))
def test_landlines_agree_with_the_library(text: str) -> None:
    known = library(text)
    read = read_phone(text).value
    assert read == (None if known is None or is_junk_phone(known) else known)


@given(
    st.from_regex(r"09[0-9]{8}", fullmatch=True), st.sampled_from(["{}", "+886{0}", "886{0}"]), st.booleans()
)
def test_every_writing_of_a_number_is_the_same_number(text: str, shape: str, hyphens: bool) -> None:
    national = text[1:] if "886" in shape else text
    if hyphens:
        national = f"{national[:-6]}-{national[-6:-3]}-{national[-3:]}"
    assert read_phone(shape.format(national)).value == read_phone(text).value


@given(st.text(max_size=40))
def test_any_text_gives_a_number_a_reason_or_nothing(text: str) -> None:
    outcome = read_phone(text)
    assert outcome.value is None or (outcome.value[0] == "+" and outcome.value[1:].isdecimal())
    assert outcome.value is None or outcome.problem in (None, "second_phone")


@given(st.from_regex(r"\+?[0-9 ()#.eE+-]{1,24}", fullmatch=True))
def test_reading_what_was_kept_changes_nothing(text: str) -> None:
    kept = read_phone(text).value
    assert kept is None or read_phone(kept).value == kept

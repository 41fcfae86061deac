"""What holds for every cell of every column: reading what was kept changes nothing, no digit is invented, and what comes out is
written in the one right way, or it is a problem."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importer.columns.fields import ASSIGNABLE, FLAG_FIELDS, NUMBER_FIELDS
from desktop.importer.columns.readers import ColumnFormat, cell_reader, read_cell
from desktop.importer.values.date_formats import DateEvidence, DateFormat
from desktop.importer.values.dates import DateReader
from desktop.importer.values.identifiers import is_card_number, is_national_id
from desktop.importer.values.outcome import Outcome
from tests.unit.importer.platforms.columns import DAYS, MOMENTS

ODD = "　 ０９１２-/.:,()（）+#＃'\"=年月日上午下午民國元NT$點無否是YN@男女令和、;|\u200b\ufeff"
CELLS = st.one_of(
    st.text(max_size=24),
    st.text(alphabet=ODD + "0123456789abcU", max_size=24),
    st.from_regex(r"[ '\"]?(?:\+?886|0|00886)?[ -]?9\d{2}[ -]?\d{3}[ -]?\d{3}(?:\.0|#\d{1,3})?", fullmatch=True),
    st.from_regex(r"(?:19|20|1)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?: \d{1,2}:\d{2}(?::\d{2})?)?", fullmatch=True),
    st.from_regex(r"-?(?:NT\$|\$)?\d{1,3}(?:,\d{3}){0,2}(?:\.\d{1,2})?元?", fullmatch=True),
    st.from_regex(r"[Uu][0-9a-fA-F]{30,34}", fullmatch=True),
    st.emails(),
)  # fmt: skip
FIELDS = tuple(field for field in ASSIGNABLE if field != "ignore")
FORMATS = st.builds(
    ColumnFormat,
    dates=st.sampled_from([DateFormat(), *map(DateFormat.answered, ("ymd", "dmy", "mdy", "roc"))]),
    decimal=st.sampled_from(".,"),
    separators=st.sampled_from(["", ",", ";|", "、/"]),
    holds=st.sampled_from(["text", "number", "date", "yes_no"]),
)
DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d)?")
DATED = {"friend_at", "joined_at", "bound_at", "first_order", "last_order", "ordered_at"}


def read(field: str, text: str, form: ColumnFormat | None = None, part: str = "") -> Outcome:
    """What a column of this field keeps of a cell."""
    reader = cell_reader(field, part, form or ColumnFormat(), zone="Asia/Taipei", country="TW")
    return read_cell(reader, text)


def digits(text: str) -> str:
    """The digits of a text, in any width."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char in "0123456789")


def is_right(field: str, value: Any) -> bool:
    """Whether a kept value is written in the one right way."""
    if field == "phone":
        return bool(re.fullmatch(r"\+[1-9]\d{6,14}", value))
    if field == "email":
        return value == value.lower() and value.count("@") == 1
    if field == "line_user_id":
        return bool(re.fullmatch(r"U[0-9a-f]{32}", value))
    if field == "birthday":
        whole = value.replace("--", "2000-")
        return bool(DATE.fullmatch(whole)) and date.fromisoformat(whole) is not None
    if field in DATED:
        return bool(DATE.fullmatch(value)) and datetime.fromisoformat(value) is not None
    if field in NUMBER_FIELDS:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if field in FLAG_FIELDS:
        return isinstance(value, bool)
    if field == "gender":
        return value in ("male", "female", "other")
    if field == "tags":
        return bool(value) and all(tag == tag.strip() and tag for tag in value)
    return isinstance(value, str | int | float) and value != ""


@pytest.mark.parametrize("field", FIELDS)
@given(text=CELLS, form=FORMATS)
def test_what_is_kept_is_written_the_one_right_way_or_it_is_nothing(
    field: str, text: str, form: ColumnFormat
) -> None:
    outcome = read(field, text, form)
    if outcome.value is None:
        assert outcome.problem or outcome.repairs in ((), ("empty_word",))
    else:
        assert is_right(field, outcome.value)


@pytest.mark.parametrize("field", [field for field in FIELDS if field not in ("tags", "extra")])
@given(text=CELLS, form=FORMATS)
def test_reading_what_was_kept_changes_nothing(field: str, text: str, form: ColumnFormat) -> None:
    kept = read(field, text, form).value
    if kept is None:
        return
    said = {True: "是", False: "否"}[kept] if isinstance(kept, bool) else str(kept)
    plain = ColumnFormat(dates=form.dates)
    again = read(field, said, plain)
    assert again.value == kept or (
        isinstance(kept, float) and abs(kept) < 1e-4
    )  # 1e-05: not how a shop writes
    assert again.problem is None


@given(text=CELLS, separators=st.sampled_from([",", ";", "|", "、"]))
def test_reading_kept_tags_changes_nothing(text: str, separators: str) -> None:
    kept = read("tags", text, ColumnFormat(separators=separators)).value
    if kept is not None and not any(sign in tag for tag in kept for sign in '#＃["|'):
        assert read("tags", "|".join(kept), ColumnFormat(separators="|")).value == kept


@given(text=CELLS, holds=st.sampled_from(["text", "number", "date", "yes_no"]))
def test_reading_a_kept_own_column_changes_nothing(text: str, holds: str) -> None:
    form = ColumnFormat(holds=holds)
    kept = read("extra", text, form).value
    if kept is not None and not str(kept).startswith(("'", "’", "=")):
        assert read("extra", str(kept), form).value == kept


@given(text=CELLS)
def test_no_phone_has_a_digit_that_the_cell_has_not(text: str) -> None:
    kept = read("phone", text).value
    if kept is not None:
        national = kept.removeprefix("+886").removeprefix("+")
        exponent = re.search(r"\d(?:\.\d+)?[eE]", text)
        assert national in digits(text) or (exponent and national.rstrip("0") in digits(text))


@given(text=CELLS, decimal=st.sampled_from(".,"))
def test_no_number_has_a_digit_that_the_cell_has_not(text: str, decimal: str) -> None:
    if re.search(r"[eE]", text):
        return  # a power of ten says its zeros otherwise
    kept = read("total", text, ColumnFormat(decimal=decimal)).value
    if kept is not None:
        told = iter(digits(text))
        assert all(
            digit in told for digit in f"{abs(kept):.6f}".rstrip("0").strip(".").replace(".", "").strip("0")
        )


@given(text=CELLS)
def test_a_birthday_has_the_month_and_day_of_its_cell(text: str) -> None:
    kept = read("birthday", text).value
    numbers = [int(number) for number in re.findall(r"\d+", unicodedata.normalize("NFKC", text))]
    if kept is not None and len(numbers) == 3 and not re.search(r"[a-zA-Z]", text):
        month, day = int(kept[-5:-3]), int(kept[-2:])
        assert {month, day} <= set(numbers)


WRITTEN_DAYS = st.lists(st.dates(date(1951, 1, 1), date(2025, 12, 31)), min_size=1, max_size=30)


@pytest.mark.parametrize("style", DAYS)
@given(days=WRITTEN_DAYS)
def test_a_column_of_days_is_read_right_or_asked_about(style: str, days: list[date]) -> None:
    cells = [DAYS[style](one) for one in days]
    evidence = DateEvidence()
    evidence.add(cells)
    form, asked = evidence.decide()
    reader = DateReader(form, birthday=True, today=date(2026, 1, 1))
    for cell, one in zip(cells, days, strict=True):
        value = reader.read(cell).value
        assert value == one.isoformat() or (asked and value is None)


@pytest.mark.parametrize("style", MOMENTS)
@given(moments=st.lists(st.datetimes(datetime(2012, 1, 1), datetime(2025, 12, 31)), min_size=1, max_size=20))
def test_a_column_of_moments_is_read_right_or_asked_about(style: str, moments: list[datetime]) -> None:
    moments = [one.replace(microsecond=0) for one in moments]
    cells = [MOMENTS[style](one) for one in moments]
    evidence = DateEvidence()
    evidence.add(cells)
    form, asked = evidence.decide()
    reader = DateReader(form, today=date(2026, 1, 1))
    for cell, one in zip(cells, moments, strict=True):
        value = reader.read(cell).value
        expected = one.isoformat() if one.time() != datetime.min.time() else one.date().isoformat()
        assert value == expected or (asked and value is None)


@given(style=st.sampled_from(["dmy", "mdy"]), days=WRITTEN_DAYS)
def test_the_owners_answer_settles_what_was_asked(style: str, days: list[date]) -> None:
    cells = [DAYS[style](one) for one in days]
    evidence = DateEvidence()
    evidence.add(cells)
    _form, asked = evidence.decide()
    if asked:
        reader = DateReader(DateFormat.answered(style), birthday=True, today=date(2026, 1, 1))
        assert [reader.read(cell).value for cell in cells] == [one.isoformat() for one in days]


@given(text=st.text(alphabet="ABCFW0123456789 -", max_size=20))
def test_most_codes_are_no_secrets(text: str) -> None:
    assert isinstance(is_national_id(text), bool)
    assert not (is_national_id(text) and is_card_number(text))

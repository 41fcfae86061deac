"""Dates in every writing shops use, and the order of day and month decided from a whole column."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importer.values.date_formats import DateEvidence, DateFormat
from desktop.importer.values.dates import DateReader

TODAY = date(2026, 5, 3)
ROC = DateFormat("dmy", "roc", "md")


def read(
    text: str, form: DateFormat = ROC, *, birthday: bool = False, zone: str = "Asia/Taipei"
) -> str | None:
    return DateReader(form, zone, birthday=birthday, today=TODAY).read(text).value


def problem(text: str, form: DateFormat = ROC, *, birthday: bool = False) -> str | None:
    return DateReader(form, birthday=birthday, today=TODAY).read(text).problem


@pytest.mark.parametrize(
    "text",
    [
        "2023/04/10",
        "2023-04-10",
        "2023.4.10",
        "2023. 4. 10",
        "2023 04 10",
        "2023年4月10日",
        "２０２３／０４／１０",
        "20230410",
        "2023/4/10 (一)",
        "2023/04/10 星期一",
        "112/04/10",
        "112.4.10",
        "112-04-10",
        "1120410",
        "0112/04/10",
        "民國112年4月10日",
        "民國 112 年 4 月 10 日",
        "112年4月10日",
        "45026",
        "45026.0",
        "10/04/2023",
        "10-4-2023",
        "10042023",
        "Apr 10, 2023",
        "10 Apr 2023",
        "10-Apr-23",
        "Monday, April 10, 2023",
        "令和5年4月10日",
        "R5.4.10",
        "2023-04-10 00:00:00",
        "2023-04-10T00:00:00+08:00",
        "2023-04-09T16:00:00Z",
        "\u200b2023/04/10\u00a0",
        "'2023/04/10",
    ],
)
def test_one_day_in_many_writings(text: str) -> None:
    assert read(text) == "2023-04-10"


@pytest.mark.parametrize(
    "text",
    [
        "2023-04-10 15:12:00",
        "2023/04/10 15:12",
        "2023/04/10 下午 03:12",
        "2023/4/10 下午 3:12:00",
        "2023-04-10 03:12:00 PM",
        "4/10/2023 3:12 PM",
        "2023/04/10(一) 15:12",
        "2023-4-10 15時12分",
        "20230410151200",
        "20230410 1512",
        "2023-04-10T15:12:00.123+08:00",
        "2023-04-10T07:12:00Z",
        "2023-04-10 07:12:00 UTC",
        "2023-04-10 15:12:00 +0800",
        "Mon Apr 10 2023 15:12:00 GMT+0800 (台北標準時間)",
        "45026.6333333333",
        "1681110720",
        "1681110720000",
        "112/04/10 下午 3:12",
    ],
)
def test_one_moment_in_many_writings(text: str) -> None:
    assert read(text, DateFormat("mdy", "roc", "md")) == "2023-04-10T15:12:00"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("上午 12:05", "00:05:00"),
        ("下午 12:05", "12:05:00"),
        ("中午 12:05", "12:05:00"),
        ("12:05 AM", "00:05:00"),
        ("12:05 PM", "12:05:00"),
        ("晚上 11:30", "23:30:00"),
    ],
)
def test_halves_of_the_day(text: str, time: str) -> None:
    assert read(f"2023/04/10 {text}") == f"2023-04-10T{time}"


@pytest.mark.parametrize(
    "text", ["", "無", "-", "0000-00-00", "0000-00-00 00:00:00", "1900/01/00", "0", "1900-01-01", "00:00:00"]
)
def test_placeholders_are_no_dates_and_no_problems(text: str) -> None:
    assert (read(text), problem(text)) == (None, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2023/02/30", "date_impossible"),
        ("2023/13/01", "date_impossible"),
        ("2023/04", "date_incomplete"),
        ("2023", "date_incomplete"),
        ("11/03", "date_incomplete"),
        ("abc", "not_a_date"),
        ("王小明", "not_a_date"),
        ("2223/01/01", "date_out_of_range"),
    ],
)
def test_what_cannot_be_used_has_its_reason(text: str, reason: str) -> None:
    assert problem(text) == reason


def test_the_shops_zone_counts() -> None:
    assert read("2023-04-10T16:30:00Z") == "2023-04-11T00:30:00"
    assert read("2023-04-10T16:30:00Z", zone="Asia/Tokyo") == "2023-04-11T01:30:00"
    assert read("2023-04-10 16:30:00") == "2023-04-10T16:30:00"


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("79/11/03", "1990-11-03"),
        ("0790103", "1990-01-03"),
        ("790103", "1990-01-03"),
        ("33180", "1990-11-03"),
        ("1990-11-02T16:00:00Z", "1990-11-03"),
        ("1990/11/3 00:00", "1990-11-03"),
        ("11/03", "--11-03"),
        ("11月3日", "--11-03"),
        ("--11-03", "--11-03"),
        ("1103", "--11-03"),
        ("02/29", "--02-29"),
        ("1604-05-20", "--05-20"),
        ("1900-05-20", "--05-20"),
        ("1900-01-01", None),
        ("S60.4.10", "1985-04-10"),
    ],
)
def test_birthdays(text: str, birthday: str | None) -> None:
    assert read(text, birthday=True) == birthday


@pytest.mark.parametrize(
    ("text", "reason"),
    [("2030/01/01", "date_in_future"), ("1850/01/01", "date_out_of_range"), ("35", "not_a_date")],
)
def test_birthdays_nobody_has(text: str, reason: str) -> None:
    assert problem(text, birthday=True) == reason


def decide(*texts: str, country: str = "TW") -> tuple[DateFormat, tuple[str, ...]]:
    evidence = DateEvidence()
    evidence.add(texts)
    return evidence.decide(country)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["12/6/2023", "13/6/2023"], "dmy"),
        (["12/6/2023", "6/13/2023"], "mdy"),
        (["25-12-1990", "01-02-1985"], "dmy"),
    ],
)
def test_one_clear_value_decides_the_column(texts: list[str], order: str) -> None:
    assert decide(*texts) == (DateFormat(year_last=order), ())


@pytest.mark.parametrize(
    "texts", [["12/6/2023"], ["1/2/2023", "3/4/2023"], ["13/6/2023", "6/13/2023", "1/2/2023"]]
)
def test_a_column_that_leaves_doubt_is_a_question(texts: list[str]) -> None:
    assert decide(*texts)[1] == ("dmy", "mdy")


def test_days_that_equal_their_month_leave_no_doubt() -> None:
    assert decide("5/5/2023", "7/7/2023")[1] == ()
    assert read("5/5/2023", DateFormat()) == "2023-05-05"


def test_a_typing_mistake_among_many_does_not_make_a_question() -> None:
    texts = [f"{day}/6/2023" for day in range(13, 29)] * 10 + ["6/13/2023", "1/2/2023"]
    assert decide(*texts) == (DateFormat(year_last="dmy"), ())


def test_years_of_two_digits_are_the_republics_in_taiwan() -> None:
    assert decide("79/11/03", "102/1/2")[0].short == "roc"
    assert decide("79/11/03")[0].short == "roc"
    assert decide("79/11/03", country="JP")[0].short == "ymd"


def test_years_of_two_digits_that_could_be_days_are_a_question() -> None:
    assert decide("12/06/23")[1] == ("roc", "ymd", "dmy", "mdy")


def test_an_open_cell_of_an_undecided_column_is_never_guessed() -> None:
    assert problem("12/6/2023", DateFormat()) == "date_ambiguous"
    assert problem("12/06/23", DateFormat()) == "date_ambiguous"


@pytest.mark.parametrize(
    ("order", "value"),
    [("dmy", "1990-06-12"), ("mdy", "1990-12-06"), ("ymd", "1990-12-06"), ("roc", "1990-12-06")],
)
def test_the_owners_answer_is_taken(order: str, value: str) -> None:
    assert read("12/6/1990", DateFormat.answered(order), birthday=True) == value


DAYS = st.dates(date(1960, 1, 1), date(2026, 5, 3))
WRITINGS = [
    "{y}/{m:02}/{d:02}", "{y}-{m}-{d}", "{y}年{m}月{d}日", "{r}/{m}/{d}", "民國{r}年{m}月{d}日", "{r:03}{m:02}{d:02}",
    "{y}{m:02}{d:02}", "{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{y}/{m}/{d} 00:00:00", "{s}",
]  # fmt: skip


@given(DAYS, st.sampled_from(WRITINGS))
def test_every_day_in_every_writing(day: date, writing: str) -> None:
    serial = (day - date(1899, 12, 30)).days
    text = writing.format(y=day.year, m=day.month, d=day.day, r=day.year - 1911, s=serial)
    assert read(text, birthday=True) == day.isoformat()


@given(st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)))
def test_serial_numbers_keep_the_second(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    wanted = moment.isoformat() if moment.time() != datetime.min.time() else moment.date().isoformat()
    assert read(f"{serial:.10f}") == wanted


@given(st.text(max_size=30))
def test_any_text_gives_a_date_a_reason_or_nothing(text: str) -> None:
    for birthday in (False, True):
        outcome = DateReader(ROC, birthday=birthday, today=TODAY).read(text)
        assert outcome.value is None or outcome.problem is None
        if outcome.value and not outcome.value.startswith("--"):
            datetime.fromisoformat(outcome.value)


@given(st.lists(st.from_regex(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}", fullmatch=True), max_size=8))
def test_deciding_never_fails(texts: list[str]) -> None:
    form, options = decide(*texts)
    assert form.year_last in (None, "dmy", "mdy")
    assert set(options) <= {"roc", "ymd", "dmy", "mdy"}


@pytest.mark.parametrize("birthday", [False, True])
def test_a_plain_day_is_taken_as_any_other_writing_of_it(birthday: bool) -> None:
    reader = DateReader(ROC, birthday=birthday, today=TODAY)
    days = [*range(date(1945, 1, 1).toordinal(), date(2105, 1, 1).toordinal(), 13)]
    for day in (date.fromordinal(number) for number in (*days, TODAY.toordinal(), TODAY.toordinal() + 1)):
        assert reader.read(f"{day}") == reader.read(f"{day:%Y/%m/%d}")

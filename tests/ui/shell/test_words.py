"""Dates, moments, numbers and phones as each language writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from desktop.ui import i18n

NOON = dt.datetime(2026, 11, 21, 12, 0).astimezone()


@pytest.fixture(autouse=True)
def _back_to_chinese() -> Iterator[None]:
    yield
    i18n.use("zh_TW")


@pytest.mark.parametrize(
    ("language", "day", "written"),
    [
        ("zh_TW", "2026-11-21", "2026/11/21"),
        ("zh_TW", "2026-11-21T14:32:00", "2026/11/21"),
        ("zh_TW", "--11-03", "11/03"),
        ("ja", "2026-11-21", "2026/11/21"),
        ("en", "2026-11-21", "2026-11-21"),
        ("en", None, ""),
    ],
)
def test_days(language: str, day: str | None, written: str) -> None:
    i18n.use(language)
    assert i18n.date(day) == written


@pytest.mark.parametrize(
    ("language", "back", "written"),
    [
        ("zh_TW", dt.timedelta(hours=1), "今天 11:00"),
        ("zh_TW", dt.timedelta(days=1), "昨天 12:00"),
        ("zh_TW", dt.timedelta(days=3), "11/18 12:00"),
        ("zh_TW", dt.timedelta(days=365), "2025/11/21"),
        ("en", dt.timedelta(hours=1), "Today 11:00"),
        ("ja", dt.timedelta(days=1), "昨日 12:00"),
    ],
)
def test_moments(language: str, back: dt.timedelta, written: str) -> None:
    i18n.use(language)
    instant = (NOON - back).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert i18n.moment(instant, now=NOON) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("+886912345678", "0912-345-678"),
        ("+886223456789", "0223456789"),
        ("+819012345678", "+819012345678"),
        ("", ""),
        (None, ""),
    ],
)
def test_phones(number: str | None, written: str) -> None:
    assert i18n.phone(number) == written


@pytest.mark.parametrize(("amount", "written"), [(18420, "$18,420"), (0, "$0"), (99.5, "$99.50"), (None, "")])
def test_amounts(amount: float | None, written: str) -> None:
    assert i18n.money(amount) == written


def test_numbers_and_shares() -> None:
    assert i18n.number(5214) == "5,214"
    assert i18n.percent(3486, 5230) == "66.7%"
    assert i18n.percent(1, 0) == "—"


def test_an_unknown_language_falls_back_to_the_computers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda self: ["fr-FR", "ja-JP"])
    assert i18n.use("") == "ja"
    monkeypatch.setattr(QLocale, "uiLanguages", lambda self: ["fr-FR"])
    assert i18n.use("xx") == "zh_TW"

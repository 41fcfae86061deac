"""The window's languages: which one is in use, and how dates, moments, numbers and phones are written in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop import text
from desktop.text import LANGUAGES, t

NAMES = {"zh_TW": "繁體中文（台灣）", "en": "English", "ja": "日本語"}
_COUNTRY = {"zh_TW": "TW", "en": "US", "ja": "JP"}
_TAIWAN_MOBILE = 13
_qts_words: list[QTranslator] = []


def use(language: str) -> str:
    """Load the catalogues of ``language`` ("" = the computer's language) and write numbers its way; returns the language."""
    chosen = language if language in LANGUAGES else system_language()
    text.use_language(chosen)
    QLocale.setDefault(QLocale(f"{chosen[:2]}_{_COUNTRY[chosen]}"))
    _use_qts_words(chosen)
    return chosen


def _use_qts_words(language: str) -> None:
    """Qt's own words (the menu of a text field, file dialogs where the platform has none) in the same language."""
    app = QCoreApplication.instance()
    if app is None:
        return
    for old in _qts_words:
        app.removeTranslator(old)
    _qts_words.clear()
    words = QTranslator(app)
    if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
        _qts_words.append(words)


def system_language() -> str:
    """The one of our languages that fits this computer best."""
    for name in QLocale.system().uiLanguages():
        if name.startswith("zh"):
            return "zh_TW"
        if name.startswith("ja"):
            return "ja"
        if name.startswith("en") and len(name) > 2:
            return "en"
    return LANGUAGES[0]


def number(value: float) -> str:
    """A number with thousands separators: 12,400 or 0.25."""
    return f"{value:,}" if isinstance(value, int) or value != int(value) else f"{int(value):,}"


def money(value: float | None) -> str:
    """An amount in the shop's currency: $18,420; nothing for None."""
    if value is None:
        return ""
    return f"${value:,.0f}" if value == int(value) else f"${value:,.2f}"


def percent(part: float, whole: float, digits: int = 1) -> str:
    """``part`` of ``whole`` as 66.7%; a dash when there is no whole."""
    return f"{part / whole * 100:.{digits}f}%" if whole else "—"


def date(day: str | dt.date | None) -> str:
    """A day as 2026/11/21 (en: 2026-11-21); accepts our ISO texts, with or without a time; a birthday without year as 11/21."""
    if not day:
        return ""
    iso = day.isoformat() if isinstance(day, dt.date) else day[:10]
    if iso.startswith("--"):
        return iso[2:].replace("-", "/")
    return iso if text.language() == "en" else iso.replace("-", "/")


def moment(instant: str | dt.datetime | None, *, now: dt.datetime | None = None) -> str:
    """An instant (our UTC text or an aware datetime) on this computer's clock: 今天 14:32, 11/20 14:32, 2025/12/31."""
    if not instant:
        return ""
    local = parse_instant(instant).astimezone()
    here = (now or dt.datetime.now(dt.UTC)).astimezone()
    clock = f"{local:%H:%M}"
    if local.date() == here.date():
        return t("shell.today_at", clock=clock)
    if local.date() == here.date() - dt.timedelta(days=1):
        return t("shell.yesterday_at", clock=clock)
    if local.year == here.year:
        return f"{local:%m-%d} {clock}" if text.language() == "en" else f"{local:%m/%d} {clock}"
    return date(local.date())


def clock(instant: str | dt.datetime) -> str:
    """The time of day of an instant on this computer's clock: 14:32."""
    return f"{parse_instant(instant).astimezone():%H:%M}"


def parse_instant(instant: str | dt.datetime) -> dt.datetime:
    """Our UTC texts ('2026-11-20T06:32:00.000000Z') as an aware datetime."""
    if isinstance(instant, dt.datetime):
        return instant
    return dt.datetime.fromisoformat(instant.replace("Z", "+00:00"))


def phone(number_text: str | None) -> str:
    """An E.164 number as people write it in Taiwan: +886912345678 → 0912-345-678; others stay international."""
    if not number_text:
        return ""
    if number_text.startswith("+8869") and len(number_text) == _TAIWAN_MOBILE:
        local = "0" + number_text[4:]
        return f"{local[:4]}-{local[4:7]}-{local[7:]}"
    if number_text.startswith("+886"):
        return "0" + number_text[4:]
    return number_text


def sentences(parts: Iterable[str]) -> str:
    """Whole sentences one after another: with a space where the language has spaces between them."""
    return (" " if text.language() == "en" else "").join(part for part in parts if part)


def current() -> str:
    """The language in use."""
    return text.language()

"""Finds what stands in a text as a matter of fact: addresses of pages, e-mail, phone numbers, street addresses, dates, prices,
times of day. Each claims its characters before the next looks, so that a phone number is no price and a date no opening hour."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

BLANK = "\ufffc"
"""Stands for a name that is put in, and for characters that are claimed."""

_DASHES = str.maketrans(dict.fromkeys("–—−‐‑‒―", "-") | dict.fromkeys("～〜∼", "~"))
_NUMBER_IN_RING = "No"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing found.

    Args:
        kind: url, email, phone, street, date, date_range, price, hours (from one time of day to another), time.
        start, end: its characters.
        text: as it is written, normalised.
    """

    kind: str
    start: int
    end: int
    text: str


def normalised(text: str) -> str:
    """The text with full-width letters and marks made narrow and dashes made one, every character at its old place."""
    plain = []
    for one in text:
        narrow = unicodedata.normalize("NFKC", one)
        keep = len(narrow) != 1 or unicodedata.category(one) == _NUMBER_IN_RING
        plain.append(one if keep else narrow)
    return "".join(plain).translate(_DASHES)


_NOT_ASCII_END = r"\s\u3000-\u303f\u4e00-\u9fff\u3040-\u30ff\uff00-\uffef〔〕<>\"'(),、。!"
_ENDINGS = "com|net|org|tw|jp|co|io|shop|store|me|cc|app|ee|gl|site|info|biz|online|cafe|asia|hk"
_URL = (
    rf"https?://[^{_NOT_ASCII_END}]+"
    rf"|(?<![A-Za-z0-9_@.-])(?:[A-Za-z0-9-]+\.)+(?:{_ENDINGS})(?![A-Za-z0-9-])(?:/[^{_NOT_ASCII_END}]*)?"
)
_EMAIL = r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_PHONE = (
    r"(?<![\d$])(?<!\d[.:/])(?:\+?886[\s-]?\(?0?\)?|\+?81[\s-]?|\(?0)\d{1,3}\)?[\s-]?\d{3,4}[\s-]?\d{3,4}(?![\d元円])"
    r"|(?:電話|手機|專線|傳真|TEL|Tel|tel|Phone|phone|☎|📞)\ufe0f?[:\s]*\(?\+?\d[\d\s-]*\)?[\d\s-]{4,}\d(?![\d:點])"
)
_STREET = (
    r"[\u4e00-\u9fff]{1,12}(?:路|街|大道|巷"
    r"|弄)(?:[一二三四五六七八九十\d]{1,3}段)?(?:\s*\d{1,4}\s*巷)?(?:\s*\d{1,4}\s*弄)?"
    r"\s*\d{1,4}(?:[-之]\d{1,3})?\s*[號号](?:\s*\d{1,2}\s*(?:樓|F)(?:之\d)?)?"
    r"|〒\s*\d{3}-\d{4}[^\n]{0,40}"
    r"|[\u4e00-\u9fff]{1,8}\d{1,3}丁目\s*[\d-]*"
    r"|[\u4e00-\u9fff]{2,8}(?:区|市|町)[\u4e00-\u9fff\u3040-\u30ff]{1,10}\s?\d{1,3}-\d{1,3}(?:-\d{1,3})?"
    r"|\d{1,4},?\s(?:[A-Z][a-z]+\s){1,3}(?:St|Street|Rd|Road|Ave|Avenue|Lane|Blvd)\b\.?"
)
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = (
    r"\d{4}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,2}"
    r"|(?:\d{2,4}\s*年\s*)?(?<!\d)\d{1,2}\s*月(?:\s*\d{1,2}\s*[日號号]?|底|初|中旬|中)?"
    r"|(?<!\d)(?<!\d[/.:-])(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\d/:])"
    rf"|\b{_MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}\s{_MONTHS}(?![a-z])"
    r"|(?<![\d-])(?:3[01]|[12]\d|[1-9])\s*[日號号](?=[前止起到至~\-(止]|以前|まで|$)"
)
_TO = r"\s*(?:\([^)\n]{1,4}\))?\s*(?:-|~|到|至|から|to|until|through)\s*"
_DATE_RANGE = (
    rf"(?:{_DAY}){_TO}(?:{_DAY}|\d{{1,2}}(?:\s*[日號号])?(?![\d:點点時]))"
    rf"|(?<!\d)\d{{1,2}}{_TO}\d{{1,2}}\s*月(?!\d)"
)
_SUM = (
    r"(?<![\d.,:/])[1-9]\d{1,2}(?:,\d{3}|\d{0,2})(?![\d.:%]|/\d| *[-~] *\d"
    r"| *[年月日號点點時分人位名份組杯件個樓段巷弄公克歲天週周次堂折])"
)
_EACH = r"[位人份台組箱盒晚堂次個件杯隻張支]"
_PRICE = (
    r"(?:NT\s?\$?|NTD|TWD|US\$|\$|¥)\s*\d[\d,]*(?:\.\d+)?"
    r"(?:\s*[-~]\s*\$?\d[\d,]*)?"
    r"|(?<!\d)(?<!\d[:/])\d[\d,]*(?:\s*[-~]\s*\d[\d,]*)?\s*(?:元|塊錢|塊(?!蛋糕|肉|餅)|圓|円|dollars?\b|NTD\b)"
    r"|[一二三四五六七八九十百千兩]{1,6}(?:元|塊錢)"
    # Without a unit: behind a word of price or of saving, before 起 or 一位, or behind what is counted out.
    rf"|(?<=(?<!評)[價原]) *{_SUM}|{_SUM} *[→➜] *{_SUM}|(?<![\d一二三四五六七八九])折 *{_SUM}|(?:只要"
    rf"|只需|[現立直再]折|折抵|[現抵省減]|千折)\s*{_SUM}(?!\s*[點章])|{_SUM}\s*(?=起(?![床飛跳點站])|/\s*{_EACH})"
    rf"|(?<=滿) *{_SUM}(?= *(?:免運|折|送|現|減))|(?<=[一每]){_EACH}\s*{_SUM}"
    rf"|(?<=[夜晚組餐箱盒]) ?{_SUM}(?=[,、。\s(]|$)"
)
_PART_OF_DAY = (
    r"(?:上午|早上|清晨|中午|下午|傍晚|晚上|晚間|半夜|凌晨|隔日|隔天|翌日|午前|午後|夜|朝"
    r"|[AaPp]\.?[Mm]\.?)?\s*"
)
_AFTER = r"(?:\s*(?:[ap]m\b|[ap]\.m\.))?"
_TIME = (
    rf"(?:{_PART_OF_DAY}(?<!\d)(?<!\d[/.:])(?:2[0-4]|[01]?\d)\s*(?::[0-5]\d|[點点時时](?!段|間)(?:半"
    rf"|\s*[0-5]?\d\s*分)?){_AFTER}"
    rf"|(?<!\d)(?<!\d[/.:])(?:1[0-2]|0?[1-9])(?::[0-5]\d)?\s*(?:[ap]m\b|[ap]\.m\.)"
    r"|(?:上午|早上|清晨|中午|下午|傍晚|晚上|晚間|凌晨|半夜)[一二三四五六七八九十兩]{1,3}點半?"
    r"|(?<![一二三四五六七八九十幾有\d])[一二三四五六七八九十兩]{1,3}點半?(?=\s*(?:開|關|打烊|休息|營業"
    r"|收攤|賣|到|~|-|至)))"
)
_UNTIL = r"\s*(?:-|~|到|至|から|to|till|until|\||→|➔)\s*"
_HOURS = (
    rf"{_TIME}{_UNTIL}{_TIME}|between {_TIME} and {_TIME}"
    rf"|(?<![\d$])(?<!\d[/.:-]){_PART_OF_DAY}(?:2[0-3]|[01]?\d){_UNTIL}{_PART_OF_DAY}(?:2[0-4]"
    rf"|[01]?\d)\s*[點点時时](?!段|間)"
    r"|(?<![\d$])(?<!\d[/.:-])(?:[01]\d|2[0-3])[0-5]\d\s*[-~]\s*(?:[01]\d|2[0-4])[0-5]\d(?![\d-]|\s*[元塊圓円/起])"
    rf"|(?:(?<=[^課講動]時[間段])|(?<=[^課講動]時[間段][:\s(])|(?<=\bhours\s)|(?<=\bweekdays\s)"
    rf"|(?<=\bdaily\s))(?:2[0-3]|[01]?\d){_UNTIL}(?:2[0-4]|[01]?\d)(?![\d./:%]|\s*[\u4e00-\u9fff])"
)

_PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "email": re.compile(_EMAIL),
        "url": re.compile(_URL, re.IGNORECASE),
        "phone": re.compile(_PHONE),
        "street": re.compile(_STREET),
        "date_range": re.compile(_DATE_RANGE),
        "hours": re.compile(_HOURS, re.IGNORECASE),
        "date": re.compile(_DAY),
        "price": re.compile(_PRICE),
        "time": re.compile(_TIME, re.IGNORECASE),
    }
)


def facts(text: str) -> tuple[Fact, ...]:
    """Everything found in a normalised text, in the order it stands there; no two overlap."""
    left, found = text, []
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(left):
            written = match.group()
            start = match.start() + len(written) - len(written.lstrip())
            found.append(Fact(kind, start, start + len(written.strip()), written.strip()))
        left = masked(left, [fact for fact in found if fact.kind == kind])
    return tuple(sorted(found, key=lambda fact: fact.start))


def masked(text: str, found: Sequence[Fact]) -> str:
    """The text with the characters of these facts blanked out, everything else at its place."""
    letters = list(text)
    for fact in found:
        letters[fact.start : fact.end] = BLANK * (fact.end - fact.start)
    return "".join(letters)

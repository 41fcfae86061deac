"""Amounts and counts as shops write them → numbers: int when whole, else float. Whether a comma or a full stop separates
the decimals is decided for a whole column."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.importer.values.outcome import BLANK, EMPTY_WORD, Outcome, unusable
from desktop.importer.values.text import is_empty_word, squash, tidy

PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?", re.ASCII)
"""A number that needs no thought."""

_CURRENCY = re.compile(
    r"nt\$|ntd\$?|nt(?=\s?\d)|n\.t\.?|twd|us\$|usd|hk\$|hkd|jpy|rmb|cny|sgd|myr|thb|eur|gbp|krw|\$|¥|€|£|฿|₩|元整?|圓整?|円|塊|新台幣|新臺幣|台幣|臺幣",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:點數?|次|筆|個|件|份|杯|張|pts?|points?|ポイント|回|個|点|p)\.?$", re.IGNORECASE)
_SHAPE = re.compile(r"\d{1,20}|\d[\d.,' ]*\d|[.,]\d+|\d+[.,]", re.ASCII)
_SCIENTIFIC = re.compile(r"-?\d(?:\.\d+)?e[+-]?\d{1,3}", re.IGNORECASE | re.ASCII)
_EUROPEAN = re.compile(r"\d{1,3}(?:[. ]\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3}){2,}", re.ASCII)
_ANGLO = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3}){2,}", re.ASCII)
_POINT_AND_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)


@dataclass(slots=True)
class NumberEvidence:
    """What the values of a column say about their decimal sign; feed it with :meth:`add`, then read ``decimal``."""

    seen: int = 0
    numbers: int = 0
    marked: int = 0
    european: int = 0
    anglo: int = 0
    pointed: int = 0
    in_threes: int = 0

    def add(self, texts: Iterable[str]) -> None:
        """Take note of these cells."""
        for text in texts:
            plain = squash(tidy(text)[0])
            if not plain:
                continue
            self.seen += 1
            bare, _ = _bare(plain)
            if bare is None:
                continue
            self.numbers += 1
            self.marked += bool(_CURRENCY.search(plain))
            self.european += bool(_EUROPEAN.fullmatch(bare))
            self.anglo += bool(_ANGLO.fullmatch(bare))
            self.pointed += "." in bare
            self.in_threes += bool(_POINT_AND_THREE.fullmatch(bare))

    @property
    def decimal(self) -> str:
        """The column's decimal sign: "," only if more values need it than contradict it, or if every point in the
        column is followed by just three digits, as in 1.455 (no money has thousandths)."""
        if self.european or self.anglo:
            return "," if self.european > self.anglo else "."
        return "," if self.pointed and self.in_threes == self.pointed else "."


def read_number(text: str, decimal: str = ".") -> Outcome:
    """An amount or a count.

    Args:
        text: e.g. ``NT$1,455``, ``1,455元``, ``(500)``, ``－500``, ``１４５５``, ``1.455,00``, ``12 點``.
        decimal: the column's decimal sign.

    Returns:
        int when whole, else float; in the units written (no conversion of currencies).
    """
    clean, repairs = tidy(text)
    if not clean:
        return BLANK
    plain = squash(clean)
    if plain != clean:
        repairs = (*repairs, "full_width")
    if is_empty_word(plain):
        return EMPTY_WORD
    if _SCIENTIFIC.fullmatch(plain):
        return _finite(float(plain), repairs)
    bare, negative = _bare(plain)
    if bare is None:
        return unusable("not_a_number")
    digits = _normal(bare, decimal)
    if digits is None:
        return unusable("not_a_number")
    return _finite(-float(digits) if negative else float(digits), repairs)


def times(price: float | None, count: float | None) -> float | None:
    """The amount of so many pieces at a price, int when whole; where no quantity is told it is one piece."""
    if price is None:
        return None
    amount = round(price * (1 if count is None else count), 6)
    return int(amount) if amount == int(amount) else amount


def read_count(text: str, decimal: str = ".") -> Outcome:
    """A number of things: whole, not negative."""
    result = read_number(text, decimal)
    if result.value is not None and (not isinstance(result.value, int) or result.value < 0):
        return unusable("not_a_count")
    return result


def read_size(text: str, decimal: str = ".") -> Outcome:
    """An amount without its sign: a refund is written as 300, -300 or (300)."""
    result = read_number(text, decimal)
    return result if result.value is None else result._replace(value=abs(result.value))


def _finite(number: float, repairs: tuple[str, ...]) -> Outcome:
    # Beyond 2^53 a float no longer holds each whole number; no shop's amount comes near.
    if not math.isfinite(number) or abs(number) >= 9e15:
        return unusable("number_too_large")
    return Outcome(int(number) if number.is_integer() else round(number, 6), repairs)


def _bare(plain: str) -> tuple[str | None, bool]:
    """The digits with their separators, and whether the amount is negative; None if this is no number."""
    text = _CURRENCY.sub("", plain).strip()
    negative = False
    if text.startswith("(") and text.endswith(")"):
        text, negative = text[1:-1].strip(), True
    if text[:1] in "-−–△▲" and len(text) > 1:
        text, negative = text[1:].strip(), True
    elif text[-1:] in "-−" and len(text) > 1:
        text, negative = text[:-1].strip(), True
    text = _UNIT.sub("", text.removeprefix("+").strip()).strip()
    return (text, negative) if _SHAPE.fullmatch(text) else (None, False)


def _normal(bare: str, decimal: str) -> str | None:
    """The digits as Python reads them, or None where the groups make no sense."""
    text = bare.replace(" ", "").replace("'", "")
    group = "," if decimal == "." else "."
    if decimal == "." and _EUROPEAN.fullmatch(text) and "." in text and text.rfind(",") > text.rfind("."):
        group, decimal = ".", ","
    whole, _, fraction = text.partition(decimal)
    if decimal in fraction or group in fraction:
        return None
    parts = whole.split(group)
    if len(parts) > 1 and not (
        parts[0] and len(parts[0]) <= 3 and all(len(part) in (3, 4) for part in parts[1:])
    ):
        return None
    joined = "".join(parts)
    return f"{joined or '0'}.{fraction or '0'}" if joined or fraction else None

"""Cuts a query text into its pieces: words, questions to fields, signs. Full-width signs, as Chinese and Japanese input
methods write them, are the same as ASCII ones outside quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from desktop.core.people.query.mistake import QueryMistake

LONGEST_QUERY = 100_000
LONGEST_TEXT = 1_000
"""Characters a query, and one text in it, may have: SQLite's patterns end at 50,000 bytes."""

DEEPEST = 50
"""Groups and negations inside each other; SQLite's expressions end at a depth of 1,000."""

_ASCII_SIGNS = str.maketrans("：＝＞＜（）－\u2212＂“”", ':=><()--"""')
_OPERATOR = re.compile(r":?(?:>=|<=|≥|≤|>|<|=)|:")
_OPERATOR_SIGNS = frozenset(":=><≥≤")
_CLOSING = {'"': '"', "＂": "＂", "“": "“”", "”": "“”"}

_SPACED_PHONE = re.compile(
    r"(?:\(\+?D{1,4}\)[ \u3000-]?|\+?(?=D{2,7}(?!D)))D{2,}(?:[ \u3000.-]D{2,})*(?:#D+)?(?=$|\s|\))".replace(
        "D", "[0-9０-９]"
    )
)
"""A phone with spaces or its area code in parentheses; a first group that is a whole number is a word of its own."""
_NATIONAL_DIGITS = range(8, 12)
_INTERNATIONAL_DIGITS = range(8, 16)


class Sign(Enum):
    """The kinds of pieces."""

    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    MINUS = auto()
    WORD = auto()
    FIELD = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a query.

    Args:
        sign: its kind.
        place: index of its first character.
        text: a WORD's text, a FIELD's value; without quotes.
        quoted: whether the text stood in quotes.
        length: characters from ``place`` on.
        name: a FIELD's name as typed.
        name_quoted: whether the name stood in quotes.
        op: a FIELD's operator, ``:`` for a colon alone.
        value_place: index of a FIELD's value.
    """

    sign: Sign
    place: int
    text: str = ""
    quoted: bool = False
    length: int = 1
    name: str = ""
    name_quoted: bool = False
    op: str = ""
    value_place: int = 0

    @property
    def value_length(self) -> int:
        """Characters of a FIELD's value, with its quotes."""
        return self.place + self.length - self.value_place


def scan(query: str) -> list[Piece]:
    """The pieces of a query in their order.

    Raises:
        QueryMistake: quotes that do not close, a field without name or value, a text or query that is too long.
    """
    if len(query) > LONGEST_QUERY:
        raise QueryMistake("query_too_long", 0, len(query), limit=LONGEST_QUERY)
    # A NUL ends a text inside SQLite.
    return list(_Scanner(query.replace("\0", " ")).pieces())


class _Scanner:
    def __init__(self, query: str) -> None:
        self.raw = query
        self.signs = query.translate(_ASCII_SIGNS)
        self.at = 0

    def pieces(self) -> Iterator[Piece]:
        depth = 0
        while True:
            while self._here().isspace():
                self.at += 1
            if not self._here():
                return
            piece = self._piece()
            depth += (piece.sign is Sign.OPEN) - (piece.sign is Sign.CLOSE)
            if depth > DEEPEST:
                raise QueryMistake("too_deep", piece.place, 1, limit=DEEPEST)
            yield piece

    def _here(self, offset: int = 0) -> str:
        """The sign at this place, empty behind the end."""
        return self.signs[self.at + offset : self.at + offset + 1]

    def _piece(self) -> Piece:
        start, sign = self.at, self._here()
        phone = self._spaced_phone()
        if phone:
            return Piece(Sign.WORD, start, phone, length=len(phone))
        if sign in "()":
            self.at += 1
            return Piece(Sign.OPEN if sign == "(" else Sign.CLOSE, start)
        if sign == "-":
            if self._ends(1):
                raise QueryMistake("nothing_to_negate", start, 1)
            self.at += 1
            return Piece(Sign.MINUS, start)
        quoted = sign == '"'
        text = self._quoted() if quoted else self._run(in_value=False)
        operator = _OPERATOR.match(self.signs, self.at)
        if operator:
            return self._field(start, text, quoted, operator[0])
        if text == "OR" and not quoted:
            return Piece(Sign.OR, start, text, length=2)
        self._check_length(text, start)
        return Piece(Sign.WORD, start, text, quoted, self.at - start)

    def _field(self, start: int, name: str, name_quoted: bool, operator: str) -> Piece:
        if not name:
            raise QueryMistake("field_missing", start, len(operator), word=operator)
        self.at += len(operator)
        place = self.at
        if self._ends(0) or self._here() == "(":
            raise QueryMistake("value_missing", place, field=name)
        quoted = self._here() == '"'
        text = self._quoted() if quoted else self._run(in_value=True)
        if not text.strip():
            raise QueryMistake("value_missing", place, self.at - place, field=name)
        self._check_length(text, place)
        op = operator.removeprefix(":").replace("≥", ">=").replace("≤", "<=") or ":"
        return Piece(Sign.FIELD, start, text, quoted, self.at - start, name, name_quoted, op, place)

    def _ends(self, offset: int) -> bool:
        sign = self._here(offset)
        return not sign or sign.isspace() or sign == ")"

    def _spaced_phone(self) -> str:
        found = _SPACED_PHONE.match(self.signs, self.at)
        if not found or not any(sign in "( \u3000" for sign in found[0]):
            return ""
        number = found[0].partition("#")[0]
        digits = "".join(sign for sign in number if sign.isdigit())
        if len(digits) not in (_INTERNATIONAL_DIGITS if "+" in number else _NATIONAL_DIGITS):
            return ""
        if "+" not in number and digits[0] not in "0０":
            return ""
        self.at = found.end()
        return self.raw[found.start() : found.end()]

    def _run(self, *, in_value: bool) -> str:
        """Characters up to a space, quote, sign or (in a word) operator; parentheses closed inside belong to it."""
        start = self.at
        while (sign := self._here()) and not sign.isspace() and sign not in '")':
            if sign in _OPERATOR_SIGNS and not in_value:
                break
            if sign == "(":
                inside = self._closed_inside(in_value)
                if self.at == start or not inside:
                    break
                self.at += inside
            self.at += 1
        return self.raw[start : self.at]

    def _closed_inside(self, in_value: bool) -> int:
        """Characters from the ( here to the ) that closes it in the same run, 0 if none does."""
        open_ones = 0
        for offset in range(len(self.signs) - self.at):
            sign = self._here(offset)
            if sign.isspace() or sign == '"' or (sign in _OPERATOR_SIGNS and not in_value):
                return 0
            open_ones += (sign == "(") - (sign == ")")
            if open_ones == 0:
                return offset
        return 0

    def _quoted(self) -> str:
        start = self.at
        closing = _CLOSING[self.raw[start]]
        text: list[str] = []
        self.at += 1
        while self.at < len(self.raw):
            char = self.raw[self.at]
            following = self.raw[self.at + 1 : self.at + 2]
            self.at += 1
            if char in closing:
                if not "".join(text).strip():
                    raise QueryMistake("empty_text", start, self.at - start)
                return "".join(text)
            if char == "\\" and following and (following == "\\" or following in closing):
                text.append(following)
                self.at += 1
            else:
                text.append(char)
        raise QueryMistake("unclosed_quote", start, len(self.raw) - start)

    def _check_length(self, text: str, place: int) -> None:
        if len(text) > LONGEST_TEXT:
            raise QueryMistake("text_too_long", place, len(text), limit=LONGEST_TEXT)

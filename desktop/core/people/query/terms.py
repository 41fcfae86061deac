"""One question to one field: from the piece of text to a term and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from desktop.core.people.condition import Day, MonthDay, Named, Op, Period, Term, Value, Word
from desktop.core.people.fields import (
    FIELDS,
    OF_A_PERIOD,
    FieldKind,
    all_words,
    find_column,
    find_field,
    nearest_word,
)
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query.scan import Piece, Sign, scan
from desktop.core.people.query.values import (
    ANSWERS,
    CLASSES,
    GENDERS,
    read_birthday,
    read_date,
    read_month,
    read_number,
    read_period,
    read_step,
    written,
    written_period,
)
from desktop.core.people.search_text import fold, phone_needle

_ABSENCE = {"none": Op.NONE, "any": Op.ANY}
_TEXTS = frozenset(
    {
        FieldKind.TEXT,
        FieldKind.CATEGORY,
        FieldKind.KEY,
        FieldKind.TAG,
        FieldKind.PHONE,
        FieldKind.AUDIENCE,
        FieldKind.IMPORT,
    }
)
_READERS: dict[FieldKind, Callable[[str], Value | None]] = {
    FieldKind.NUMBER: read_number,
    FieldKind.DATE: read_date,
    FieldKind.BIRTHDAY: read_birthday,
    FieldKind.MONTH: read_month,
}
_CHOICES: dict[FieldKind, dict[str, str]] = {
    FieldKind.YES_NO: {word: answer for word, answer in ANSWERS.items() if answer != "unknown"},
    FieldKind.YES_NO_UNKNOWN: ANSWERS,
    FieldKind.GENDER: GENDERS,
    FieldKind.CHOICE: CLASSES,
}
_WITH_PART = frozenset({FieldKind.TEXT, FieldKind.CATEGORY, FieldKind.PHONE, FieldKind.IMPORT})
"""Kinds where the equals sign asks for more than the colon does."""
_OF_ANY_YEAR = frozenset({"birthday", "birthday_month"})
_FIGURES = re.compile(r"[0-9+().\-\s#]*")
_UNSAFE = re.compile(r"[\s()（）\"“”＂]|\.\.|^[:=<>：＝＜＞≥≤]")
"""What a value in plain writing would not survive."""


def read_term(piece: Piece, extra_columns: Collection[str] | None) -> Term:
    """Understand a FIELD piece.

    Args:
        piece: from :func:`scan.scan`.
        extra_columns: as in :func:`query_text.parse`.

    Raises:
        QueryMistake: an unknown field, or a value or operator the field does not take.
    """
    asked, period = _without_period(piece, extra_columns)
    term = _term(asked, extra_columns)
    return term if period is None else replace(term, period=period)


def _term(piece: Piece, extra_columns: Collection[str] | None) -> Term:
    name, kind, extra = _asked(piece, extra_columns)
    op = Op(piece.op)
    absence = _ABSENCE.get(fold(piece.text)) if not piece.quoted and op in (Op.HAS, Op.EQ) else None
    if absence:
        return Term(name, absence, extra=extra)
    if extra:
        return _extra_term(piece, name, op)
    if kind in _CHOICES:
        return _choice_term(piece, name, kind, op)
    if kind in _TEXTS:
        return _text_term(piece, name, kind, op)
    return _measured_term(piece, name, op, _READERS[kind], f"bad_{kind.value}")


def _without_period(piece: Piece, extra_columns: Collection[str] | None) -> tuple[Piece, Period | None]:
    """The piece with the field's name alone, and the period that stood behind it."""
    word, sign, when = piece.name.replace("＠", "@").partition("@")
    if not sign or piece.name_quoted or find_column(piece.name, extra_columns or ()) is not None:
        return piece, None
    field = find_field(word)
    if field is None:
        return replace(piece, name=word), None
    if field.name not in OF_A_PERIOD:
        raise QueryMistake("no_period", piece.place, len(piece.name), field=word, fields=OF_A_PERIOD)
    period = read_period(when)
    place = piece.place + len(word) + 1
    if period is None:
        raise QueryMistake("bad_period", place, len(when), word=when)
    if _backwards(field.name, period.low, period.high):
        low, _, high = when.partition("..")
        raise QueryMistake("range_backwards", place, len(when), low=low, high=high)
    return replace(piece, name=word), period


def _asked(piece: Piece, extra_columns: Collection[str] | None) -> tuple[str, FieldKind, bool]:
    """The field's name and kind, and whether it is an extra column: in quotes those go first, else fields do."""
    field = find_field(piece.name)
    column = find_column(piece.name, extra_columns or ())
    if piece.name_quoted and column is None and extra_columns is None:
        column = piece.name
    if column is not None and (piece.name_quoted or field is None):
        return column, FieldKind.TEXT, True
    if field is None:
        nearest = nearest_word(piece.name, all_words(extra_columns or ()))
        length = len(piece.name) + 2 * piece.name_quoted
        raise QueryMistake("unknown_field", piece.place, length, nearest=nearest, word=piece.name)
    return field.name, field.kind, False


def _text_term(piece: Piece, name: str, kind: FieldKind, op: Op) -> Term:
    if op not in (Op.HAS, Op.EQ):
        raise QueryMistake("no_comparison", piece.place, piece.length, field=piece.name, op=op.value)
    if kind is FieldKind.PHONE and phone_needle(piece.text) is None:
        raise QueryMistake("bad_phone", piece.value_place, piece.value_length, word=piece.text)
    step = read_step(piece.text) if kind is FieldKind.IMPORT and not piece.quoted else None
    if step is not None:
        return Term(name, Op.HAS, step)
    return Term(name, op if kind in _WITH_PART else Op.HAS, piece.text)


def _choice_term(piece: Piece, name: str, kind: FieldKind, op: Op) -> Term:
    if op not in (Op.HAS, Op.EQ):
        raise QueryMistake("no_comparison", piece.place, piece.length, field=piece.name, op=op.value)
    choices = _CHOICES[kind]
    answer = choices.get(fold(piece.text).strip())
    if answer is None:
        nearest = nearest_word(piece.text, choices) or next(iter(choices))
        raise QueryMistake(
            "bad_choice",
            piece.value_place,
            piece.value_length,
            nearest=nearest,
            word=piece.text,
            field=piece.name,
            choices=tuple(dict.fromkeys(choices.values())),
        )
    if kind is FieldKind.GENDER and answer == "unknown":
        return Term(name, Op.NONE)
    return Term(name, Op.HAS, answer)


def _extra_term(piece: Piece, name: str, op: Op) -> Term:
    if op is Op.EQ or (op is Op.HAS and (piece.quoted or ".." not in piece.text)):
        return Term(name, op, piece.text, extra=True)
    term = _measured_term(piece, name, op, _number_or_date, "bad_extra")
    if (
        op is Op.HAS
        and _is_number(term.value) != _is_number(term.high)
        and None not in (term.value, term.high)
    ):
        # One end is a date, so a bare year at the other end is one too.
        term = _measured_term(piece, name, op, read_date, "bad_extra")
    return Term(name, term.op, term.value, term.high, extra=True)


def _number_or_date(text: str) -> Value | None:
    number = read_number(text)
    return read_date(text) if number is None else number


def _is_number(value: Value | None) -> bool:
    return isinstance(value, int | float)


def _measured_term(
    piece: Piece, name: str, op: Op, read: Callable[[str], Value | None], mistake: str
) -> Term:
    def value(text: str, place: int) -> Value:
        found = read(text)
        if found is None:
            raise QueryMistake(mistake, place, len(text), word=text, field=piece.name)
        return found

    if op in (Op.HAS, Op.EQ) and ".." in piece.text:
        return _range(piece, name, value)
    found = value(piece.text, piece.value_place + piece.quoted)
    if op in (Op.HAS, Op.EQ):
        return Term(name, Op.EQ, found)
    if isinstance(found, MonthDay) or (isinstance(found, Named) and name in _OF_ANY_YEAR):
        raise QueryMistake("no_comparison", piece.place, piece.length, field=piece.name, op=op.value)
    return Term(name, op, found)


def _range(piece: Piece, name: str, value: Callable[[str, int], Value]) -> Term:
    low_text, _, high_text = piece.text.partition("..")
    if not low_text and not high_text:
        raise QueryMistake("value_missing", piece.value_place, piece.value_length, field=piece.name)
    start = piece.value_place + piece.quoted
    low = value(low_text, start) if low_text else None
    high = value(high_text, start + len(low_text) + 2) if high_text else None
    ends = [end for end in (low, high) if end is not None]
    if name in _OF_ANY_YEAR and (
        any(isinstance(end, Named) for end in ends) or len({isinstance(end, MonthDay) for end in ends}) > 1
    ):
        raise QueryMistake("bad_range", piece.value_place, piece.value_length, field=piece.name)
    if _backwards(name, low, high):
        raise QueryMistake(
            "range_backwards", piece.value_place, piece.value_length, low=low_text, high=high_text
        )
    return Term(name, Op.RANGE, low, high)


def _backwards(name: str, low: Value | None, high: Value | None) -> bool:
    """Whether a range ends before it begins. Days of any year go round the turn of the year, ages both ways."""
    if isinstance(low, int | float) and isinstance(high, int | float):
        return low > high and name not in _OF_ANY_YEAR
    if isinstance(low, Day) and isinstance(high, Day):
        return (low.year, low.month or 1, low.day or 1) > (high.year, high.month or 12, high.day or 31)
    return False


def write_word(word: Word, *, digits_quoted: bool = False) -> str:
    """A bare word as a query writes it, in quotes where it would be read as something else.

    Args:
        word: any text.
        digits_quoted: put figures in quotes, because beside others they could be read as one phone number.
    """
    if digits_quoted and _FIGURES.fullmatch(unicodedata.normalize("NFKC", word.text)):
        return _in_quotes(word.text)
    try:
        pieces = scan(word.text)
    except QueryMistake:
        return _in_quotes(word.text)
    plain = len(pieces) == 1 and pieces[0].sign is Sign.WORD and pieces[0].text == word.text
    return word.text if plain else _in_quotes(word.text)


def write_term(term: Term, words: Mapping[str, str]) -> str:
    """A question to a field as a query writes it.

    Args:
        term: any term.
        words: as in :func:`query_text.to_text`.
    """
    if term.extra:
        name, kind = _in_quotes(term.field), FieldKind.CATEGORY
    else:
        name, kind = _shown_name(term.field, words), FIELDS[term.field].kind
    if term.period is not None:
        name = f"{name}@{written_period(term.period)}"
    if term.op in (Op.NONE, Op.ANY):
        return f"{name}:{term.op.value}"
    if kind is FieldKind.IMPORT and isinstance(term.value, str) and read_step(term.value) is not None:
        return f"{name}{term.op.value}{_in_quotes(term.value)}"
    if term.op is Op.RANGE:
        low, high = (_literal(end) for end in (term.value, term.high))
        return f"{name}:{low}..{high}"
    if term.op is Op.HAS or (term.op is Op.EQ and kind not in _WITH_PART):
        return f"{name}:{_literal(term.value)}"
    return f"{name}{'' if term.op is Op.EQ else ':'}{term.op.value}{_literal(term.value)}"


def _shown_name(field: str, words: Mapping[str, str]) -> str:
    word = words.get(field, field)
    answering = find_field(word)
    usable = answering is not None and answering.name == field and write_word(Word(word)) == word
    return word if usable and word != "OR" else field


def _literal(value: Value | None) -> str:
    if not isinstance(value, str):
        return "" if value is None else written(value)
    plain = not _UNSAFE.search(value) and value.strip() and fold(value) not in _ABSENCE
    return value if plain else _in_quotes(value)


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'

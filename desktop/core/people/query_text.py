"""The query language: text to condition and back. Terms side by side are joined by AND, ``OR`` binds weaker, ``-``
negates a term or a group; `query.scan` cuts the text, `query.terms` understands the single questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from desktop.core.people.condition import EVERYBODY, And, Condition, Not, Op, Or, Term, Word, simplified
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query.scan import DEEPEST, Piece, Sign, scan
from desktop.core.people.query.terms import read_term, write_term, write_word


def parse(text: str, *, extra_columns: Collection[str] | None = ()) -> Condition:
    """Read a query.

    Args:
        text: the query; empty or white space means everybody.
        extra_columns: the shop's extra columns, which can be asked like fields; None accepts any name in quotes.

    Returns:
        The condition, as :func:`simplified` leaves it.

    Raises:
        QueryMistake: with the place in the text and, for an unknown word, the nearest valid one.
    """
    reader = _Reader(scan(text), len(text), extra_columns)
    return simplified(reader.query())


def to_text(condition: Condition, words: Mapping[str, str] | None = None) -> str:
    """Write a condition as a query; ``parse(to_text(c))`` is ``simplified(c)``.

    Args:
        condition: any tree; nested groups without parts are written as ``id:any`` and ``id:none``.
        words: field name → the word to show for it (one that the field answers to); None writes the English names.
    """
    shape = simplified(condition)
    return "" if shape == EVERYBODY else _written(shape, words or {}, inside=None)


class _Reader:
    """Reads pieces by recursive descent: alternatives of sequences of negations."""

    def __init__(self, pieces: list[Piece], end: int, extra_columns: Collection[str] | None) -> None:
        self.pieces = pieces
        self.end = end
        self.extra_columns = extra_columns
        self.at = 0
        self.depth = 0

    def query(self) -> Condition:
        if not self.pieces:
            return EVERYBODY
        condition = self._alternatives()
        if self._here() is not None:
            raise QueryMistake("unopened_group", self.pieces[self.at].place, 1)
        return condition

    def _here(self) -> Piece | None:
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    def _alternatives(self) -> Condition:
        found = [self._sequence()]
        while (piece := self._here()) and piece.sign is Sign.OR:
            self.at += 1
            found.append(self._sequence(after_or=piece))
        return found[0] if len(found) == 1 else Or(tuple(found))

    def _sequence(self, after_or: Piece | None = None) -> Condition:
        found: list[Condition] = []
        while (piece := self._here()) and piece.sign not in (Sign.OR, Sign.CLOSE):
            found.append(self._negation())
        if not found:
            self._nothing_here(after_or)
        return found[0] if len(found) == 1 else And(tuple(found))

    def _nothing_here(self, after_or: Piece | None) -> None:
        piece = self._here()
        lonely = after_or or (piece if piece and piece.sign is Sign.OR else None)
        if lonely:
            raise QueryMistake("lonely_or", lonely.place, lonely.length)
        if piece is None:
            raise QueryMistake("unclosed_group", self.pieces[-1].place, 1)
        if self.at and self.pieces[self.at - 1].sign is Sign.OPEN:
            raise QueryMistake("empty_group", self.pieces[self.at - 1].place, 2)
        raise QueryMistake("unopened_group", piece.place, 1)

    def _negation(self) -> Condition:
        piece = self.pieces[self.at]
        self.at += 1
        if piece.sign is Sign.MINUS:
            return Not(self._deeper(piece))
        if piece.sign is Sign.OPEN:
            return self._group(piece)
        if piece.sign is Sign.WORD:
            return Word(piece.text)
        return read_term(piece, self.extra_columns)

    def _deeper(self, minus: Piece) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            raise QueryMistake("too_deep", minus.place, 1, limit=DEEPEST)
        condition = self._negation()
        self.depth -= 1
        return condition

    def _group(self, opening: Piece) -> Condition:
        condition = self._alternatives() if self._here() else EVERYBODY
        piece = self._here()
        if piece is None:
            raise QueryMistake("unclosed_group", opening.place, 1)
        self.at += 1
        return condition


def _written(condition: Condition, words: Mapping[str, str], inside: type[And | Or | Not] | None) -> str:
    match condition:
        case Word():
            return write_word(condition)
        case Term():
            return write_term(condition, words)
        case Not():
            return "-" + _written(condition.part, words, Not)
        case And(parts=()):
            return write_term(Term("id", Op.ANY), words)
        case Or(parts=()):
            return write_term(Term("id", Op.NONE), words)
        case And():
            text = _sequence(condition.parts, words)
            return text if inside in (None, Or) else f"({text})"
        case Or():
            text = " OR ".join(_written(part, words, Or) for part in condition.parts)
            return text if inside is None else f"({text})"


def _sequence(parts: tuple[Condition, ...], words: Mapping[str, str]) -> str:
    texts: list[str] = []
    for i, part in enumerate(parts):
        # Groups of digits side by side would be read as one phone number.
        beside_word = any(
            isinstance(other, Word) for other in parts[max(i - 1, 0) : i] + parts[i + 1 : i + 2]
        )
        texts.append(
            write_word(part, digits_quoted=beside_word)
            if isinstance(part, Word)
            else _written(part, words, And)
        )
    return " ".join(texts)

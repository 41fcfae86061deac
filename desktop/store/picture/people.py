"""The people of a shop as the picture holds them, and whom a condition matches among them. What a negation, an AND or an OR makes
of its parts is exact, because SQL too makes NULL false before it negates; a question the picture has no columns for is put to the
file, and its answer kept as long as the picture."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from desktop.core.people.condition import And, Condition, Not, Op, Or, Term, Word, terms
from desktop.core.people.search_text import fold, phone_needle
from desktop.core.people.tag import tag_key
from desktop.store.conditions.belonging import audience_members
from desktop.store.conditions.terms import merged_part, phone_part, term_sql, word_sql
from desktop.store.conditions.values import QueryContext, Sql, containing
from desktop.store.database import Database
from desktop.store.picture.facets import STATES, Facet
from desktop.store.picture.texts import Mask, Texts

Numbers = np.ndarray[Any, np.dtype[Any]]
Ids = np.ndarray[Any, np.dtype[np.int64]]

MOST_KEPT_BYTES = 24_000_000
"""Answers to single questions that are kept at most; one takes a byte a person."""

MOST_FOR_FILE = 5
"""So many questions for the file in one condition are put to it together."""

EXACT = 2**53
"""Beyond this a float may stand for more than one whole number."""

SEARCHED = ("name", "line_name", "note", "member_no", "email")
"""The texts that a bare word is looked for in."""

_LONGEST_NEEDLE = 1_000
_OF_STATES = (
    "consent",
    "blocked",
    "do_not_send",
    "friend",
    "shop_member",
    "bound",
    "uploadable",
    "reachable",
)
_KEYS = ("line_user_id", "member_no", "phone", "email")
_COLUMN = re.compile(r"\bp\.(\w+)")
_COMPARISONS: dict[Op, Callable[[Any, Any], Any]] = {
    Op.HAS: np.equal,
    Op.EQ: np.equal,
    Op.GT: np.greater,
    Op.GE: np.greater_equal,
    Op.LT: np.less,
    Op.LE: np.less_equal,
}


@dataclass
class Tags:
    """Who has which tag: the people of all tags one after the other, where each tag's begin and end, and its number by key."""

    rows: np.ndarray[Any, np.dtype[np.uint32]]
    spans: dict[int, tuple[int, int]]
    numbers: dict[str, int]

    def rows_of(self, tag: int) -> np.ndarray[Any, np.dtype[np.uint32]]:
        """The places of the people who have a tag."""
        first, behind = self.spans.get(tag, (0, 0))
        return self.rows[first:behind]


@dataclass
class People:
    """All people of one state of the shop, in the order of their ids.

    Args:
        ids: theirs.
        facets: by the names of facets.PLANS; one that was unfit is missing.
        measures: numbers by field, NaN where there is none; one that was unfit is missing.
        texts: by field; empty where they were too much to keep.
        tags: who has which.
        merged: whether some people answer to keys of somebody merged into them.
    """

    ids: Ids
    facets: dict[str, Facet]
    measures: dict[str, Numbers]
    texts: dict[str, Texts]
    tags: Tags
    merged: bool
    _kept: OrderedDict[Hashable, Mask] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self.measures["tag_count"] = np.bincount(self.tags.rows, minlength=len(self.ids)).astype(np.int32)
        self.measures["id"] = self.ids

    @property
    def size(self) -> int:
        """The bytes they take, without the answers kept."""
        arrays = self.tags.rows.nbytes + sum(one.nbytes for one in self.measures.values())
        facets = sum(one.size for one in self.facets.values())
        return arrays + facets + sum(one.size for one in self.texts.values())

    def matching(self, db: Database, condition: Condition, context: QueryContext) -> Mask:
        """Whom a condition matches, as one truth for each person; not to be changed. The file may have been asked: its state
        has to be looked at once more."""
        match condition:
            case And() | Or():
                join = np.logical_and if isinstance(condition, And) else np.logical_or
                whole = np.full(len(self.ids), isinstance(condition, And))
                for part in condition.parts:
                    join(whole, self.matching(db, part, context), out=whole)
                return whole
            case Not():
                return np.logical_not(self.matching(db, condition.part, context))
            case Term(field="audience", extra=False):
                return self._audience(db, condition, context)
            case Word():
                return self._word(db, condition, context)
            case _:
                return self._term(db, condition, context)

    def knows(self, condition: Condition) -> bool:
        """Whether the picture is worth asking: not where the file has to be asked all there is, or many things one by one."""
        asked = list(terms(condition))
        for_file = [term for term in asked if isinstance(term, Term) and not self._in_picture(term)]
        return not for_file or len(for_file) < min(len(asked), MOST_FOR_FILE)

    def last_ordered(self, rows: Any, *, descending: bool, limit: int | None) -> Any:
        """These people's places in the order of their last orders, at most ``limit`` of them; equal ones by id in the same
        direction, who never ordered at the end. None where it is not known here."""
        if "last_order" not in self.facets:
            return None
        everybody = len(self.ids)
        ranks = self.facets["last_order"].ranks(rows)
        if not descending:
            ranks[ranks < 0] = everybody
        # Both in one number, which sorts faster than two.
        keys = ranks * everybody + rows
        if limit is not None and 0 < limit < len(keys):
            first = len(keys) - limit if descending else 0
            keys = np.partition(keys, first or limit)[first : first + limit]
        keys.sort()
        return (keys[::-1] if descending else keys)[:limit] % everybody

    def _audience(self, db: Database, term: Term, context: QueryContext) -> Mask:
        inner, inside = audience_members(term, context)
        found = self.matching(db, inner, inside)
        return np.logical_not(found) if term.op is Op.NONE else found

    def _in_picture(self, term: Term) -> bool:
        if term.extra or term.period is not None:
            return False
        return (
            term.field == "audience"
            or _facet_of(term) in self.facets
            or self._is_measured(term)
            or (term.field == "tag" and (term.op in (Op.NONE, Op.ANY) or isinstance(term.value, str)))
            or self._needle(term) is not None
            or (term.field == "phone" and term.op is Op.HAS and "phone" in self.texts)
        )

    def _term(self, db: Database, term: Term, context: QueryContext) -> Mask:
        if not self._in_picture(term):
            return self._by_file(db, term_sql(term, context))
        if (facet := _facet_of(term)) in self.facets:
            return self._by_facet(db, self.facets[facet], term_sql(term, context))
        if term.field == "tag":
            return self._tagged(term)
        if self._is_measured(term):
            return self._measured(term)
        if (needle := self._needle(term)) is not None:
            return self._kept_or(
                ("text", term.field, needle), lambda found: self.texts[term.field].mark(needle, found)
            )
        return self._phone(str(term.value), context)

    def _by_facet(self, db: Database, facet: Facet, sql: Sql) -> Mask:
        named = set(_COLUMN.findall(sql.where))
        if not named or not named <= facet.columns:
            return self._by_file(db, sql)
        key = (sql.where, tuple(sql.params))
        return self._kept_or(key, lambda found: np.copyto(found, facet.people(sql)))

    def _by_file(self, db: Database, sql: Sql) -> Mask:
        def ask(found: Mask) -> None:
            rows = db.each(f"SELECT p.id FROM person p WHERE {sql.where}", sql.params)
            ids = np.fromiter((row[0] for row in rows), dtype=np.int64)
            places = np.searchsorted(self.ids, ids)
            # Who is not in the picture belongs to another state of the shop, which whoever asked will see.
            found[places[places < len(self.ids)]] = True

        if sql.where in ("0", "1"):
            return np.full(len(self.ids), sql.where == "1")
        return self._kept_or((sql.where, tuple(sql.params)), ask)

    def _tagged(self, term: Term) -> Mask:
        if term.op in (Op.NONE, Op.ANY):
            return np.equal(self.measures["tag_count"] > 0, term.op is Op.ANY)
        number = self.tags.numbers.get(tag_key(str(term.value)))
        found = np.zeros(len(self.ids), dtype=bool)
        if number is not None:
            found[self.tags.rows_of(number)] = True
        return found

    def _is_measured(self, term: Term) -> bool:
        ends = (term.value, term.high)
        small = all(end is None or (isinstance(end, int | float) and abs(end) < EXACT) for end in ends)
        return term.field in self.measures and small

    def _measured(self, term: Term) -> Mask:
        numbers = self.measures[term.field]
        if term.op in (Op.NONE, Op.ANY):
            return np.equal(np.isnan(numbers), term.op is Op.NONE)
        if term.op is not Op.RANGE:
            found: Mask = _COMPARISONS[term.op](numbers, term.value)
            return found
        inside: Mask = ~np.isnan(numbers)
        if term.value is not None:
            inside &= numbers >= term.value
        if term.high is not None:
            inside &= numbers <= term.high
        return inside

    def _needle(self, term: Term) -> bytes | None:
        """What a piece of a text looks like here; None where only the file can look for it."""
        if term.op is not Op.HAS or term.field not in SEARCHED or term.field == "member_no":
            return None
        return needle_of(str(term.value)) if term.field in self.texts else None

    def _word(self, db: Database, word: Word, context: QueryContext) -> Mask:
        needle = needle_of(word.text)
        if needle is None or not self.texts:
            return self._by_file(db, word_sql(word, context))

        def look(found: Mask) -> None:
            for name in SEARCHED:
                self.texts[name].mark(needle, found)
            folded = fold(word.text)
            for key, number in self.tags.numbers.items():
                if folded in key:
                    found[self.tags.rows_of(number)] = True
            np.logical_or(found, self._phone(word.text, context), out=found)
            if self.merged:
                part = merged_part(containing(folded), phone_part(word.text, context))
                np.logical_or(found, self._by_file(db, part), out=found)

        return self._kept_or(("word", word.text, context.country), look)

    def _phone(self, text: str, context: QueryContext) -> Mask:
        def look(found: Mask) -> None:
            sought = phone_needle(text, context.country)
            if sought is None:
                return
            if sought.part:
                self.texts["phone"].mark(sought.part.encode(), found)
            for start in sought.starts:
                self.texts["phone"].mark(start.encode(), found, at_start=True)

        return self._kept_or(("phone", text, context.country), look)

    def _kept_or(self, key: Hashable, look: Callable[[Mask], object]) -> Mask:
        kept = self._kept.get(key)
        if kept is None:
            kept = np.zeros(len(self.ids), dtype=bool)
            look(kept)
            self._kept[key] = kept
            while len(self._kept) > 1 and len(self._kept) * len(self.ids) > MOST_KEPT_BYTES:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return kept


def needle_of(text: str) -> bytes | None:
    """A typed text as the texts are kept; None for one that is looked for in the file."""
    folded = fold(text)
    if not folded or len(folded) > _LONGEST_NEEDLE or any(sign in folded for sign in "\0\n\x1e"):
        return None
    try:
        return folded.encode()
    except UnicodeEncodeError:
        return None


def _facet_of(term: Term) -> str:
    if term.field in _OF_STATES or (term.field in _KEYS and term.op in (Op.NONE, Op.ANY)):
        return STATES
    return "birthday" if term.field == "birthday_month" else term.field

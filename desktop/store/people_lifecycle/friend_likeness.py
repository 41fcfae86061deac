"""Which friend on LINE may be which shop member, when no number says so: pure comparison of the name a friend shows at LINE with
the names a member goes by, and of their dates. What two people's numbers and names say in any case is in likeness."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from desktop.core.message import Message, message
from desktop.store.people_lifecycle.likeness import CERTAINTIES, Certainty, Duplicate
from desktop.store.people_lifecycle.name_forms import name_form

_CROWD = 8
"""A name that more members or friends share than this says nothing without a date."""

_LONGEST_NAME = 8
"""Signs of a member's name that are looked for within a name at LINE."""

_WHOLE = 3
"""So many Chinese or Japanese signs are a whole name; two may be many people's."""

_LETTERS = 6
"""So many Latin letters are more than a nickname that hundreds have."""

_RUNS = re.compile(r"[a-z]+|[^\W\d_a-z]+")


class Friend(NamedTuple):
    """A friend the shop knows no number of: what she is called at LINE, and the day she became a friend."""

    id: int
    shown: str
    day: str | None


class Member(NamedTuple):
    """A shop member without a user ID: her name, e-mail, the names on her orders, and the days she joined and first bought."""

    id: int
    name: str
    email: str | None
    order_names: tuple[str, ...]
    days: frozenset[str]


class _Way(NamedTuple):
    """How a friend's shown name meets a member's, and how much that says."""

    evidence: Message
    strong: bool


_WHOLE_NAME = message("duplicates.why.line_name")
_WORDS = message("line_ids.why.words")
_WITHIN = message("line_ids.why.within")
_PART = message("line_ids.why.part")
_ORDER = message("line_ids.why.order")
_EMAIL = message("line_ids.why.email")
_SAME_DAY = message("line_ids.why.same_day")
_NAMESAKES = message("line_ids.why.namesakes")


def likely_friends(
    friends: Iterable[Friend],
    members: Iterable[Member],
    apart: Set[tuple[int, int]],
    between: Callable[[], None],
) -> list[Duplicate]:
    """Pairs of a friend and a member who may be one, the surest first.

    Args:
        friends: those without member number, phone and e-mail.
        members: those without a user ID.
        apart: pairs (low, high) of whom the owner said that they are different people.
        between: called now and then; may raise to stop.
    """
    index = _Index(members)
    between()
    met: dict[tuple[int, int], list[_Way]] = {}
    seen: dict[int, Friend] = {}
    for number, friend in enumerate(friends):
        if number % 500 == 0:
            between()
        for member, way in index.meets(friend):
            met.setdefault((friend.id, member), []).append(way)
            seen[friend.id] = friend
    rivals = {strong: _Rivals(met, strong=strong) for strong in (True, False)}
    found = []
    for (one, member), ways in met.items():
        pair = min(one, member), max(one, member)
        day = seen[one].day
        same_day = day is not None and day in index.members[member].days
        strong = any(way.strong for way in ways)
        count = rivals[strong].of(one, member)
        if pair not in apart and (count <= _CROWD or same_day):
            found.append(_judged(pair, ways, same_day, count))
    return sorted(
        found, key=lambda one: (CERTAINTIES.index(one.certainty), -len(one.evidence), one.low, one.high)
    )


class _Rivals:
    """How many others the two of a pair could be instead; what only resembles does not rival a whole name."""

    def __init__(self, met: Mapping[tuple[int, int], list[_Way]], *, strong: bool) -> None:
        pairs = [pair for pair, ways in met.items() if not strong or any(way.strong for way in ways)]
        self._friends = Counter(friend for friend, _ in pairs)
        self._members = Counter(member for _, member in pairs)

    def of(self, friend: int, member: int) -> int:
        """The larger of both counts; 1 if they have only each other."""
        return max(self._friends[friend], self._members[member])


def _judged(pair: tuple[int, int], ways: list[_Way], same_day: bool, rivals: int) -> Duplicate:
    strong = any(way.strong for way in ways)
    certainty: Certainty = "maybe"
    if strong and rivals == 1:
        certainty = "sure" if same_day else "likely"
    elif same_day and (strong or rivals == 1):
        certainty = "likely"
    said = list(dict.fromkeys(way.evidence for way in ways))
    if same_day:
        said.append(_SAME_DAY)
    if rivals > 1:
        said.append(_NAMESAKES)
    return Duplicate(*pair, tuple(said), certainty)


class _Index:
    """Members by everything a friend's name could meet."""

    def __init__(self, members: Iterable[Member]) -> None:
        self.members: dict[int, Member] = {}
        self._whole: dict[str, list[int]] = {}
        self._part: dict[str, list[int]] = {}
        self._words: dict[str, list[int]] = {}
        self._order: dict[str, list[int]] = {}
        self._email: dict[str, list[int]] = {}
        for member in members:
            self._add(member)

    def meets(self, friend: Friend) -> Iterator[tuple[int, _Way]]:
        """Members whose names a friend's shown name meets, each once in the strongest way of a kind."""
        form = name_form(friend.shown)
        if len(form) < 2:
            return
        given: set[int] = set()
        for member, way in self._by_name(form, friend.shown):
            if member not in given:
                given.add(member)
                yield member, way
        for member in self._order.get(form, ()):
            yield member, _Way(_ORDER, _is_whole(form))
        letters = "".join(_RUNS.findall(form)) if form.isascii() else ""
        for member in self._email.get(letters, ()):
            yield member, _Way(_EMAIL, False)

    def _by_name(self, form: str, shown: str) -> Iterator[tuple[int, _Way]]:
        """The whole name if anybody bears it; else names within what is shown; else parts of names."""
        runs = _runs(shown)
        whole = [(member, _Way(_WHOLE_NAME, True)) for member in self._whole.get(form, ())]
        whole += [(member, _Way(_WORDS, True)) for member in self._words.get(_word_key(shown), ())]
        within = whole or [
            (member, _Way(_WITHIN, _is_whole(piece)))
            for piece in _pieces(runs)
            for member in self._whole.get(piece, ())
        ]
        yield from within or (
            (member, _Way(_PART, False)) for run in runs for member in self._part.get(run, ())
        )

    def _add(self, member: Member) -> None:
        self.members[member.id] = member
        form = name_form(member.name)
        if len(form) > 1:
            self._whole.setdefault(form, []).append(member.id)
            for part in _given_names(form):
                self._part.setdefault(part, []).append(member.id)
        words = _word_key(member.name)
        if words:
            self._words.setdefault(words, []).append(member.id)
        for name in dict.fromkeys(name_form(name) for name in member.order_names):
            if len(name) > 1 and name != form:
                self._order.setdefault(name, []).append(member.id)
        local = "".join(_RUNS.findall((member.email or "").partition("@")[0].casefold()))
        if len(local) >= _LETTERS and local != form:
            self._email.setdefault(local, []).append(member.id)


def _is_whole(form: str) -> bool:
    return len(form) >= (_LETTERS if form.isascii() else _WHOLE)


def _runs(shown: str) -> list[str]:
    """The parts of a shown name between signs, spaces and other writing: 美玲 and mei of "美玲🌸Mei", each once."""
    plain = unicodedata.normalize("NFKC", shown).casefold()
    return list(dict.fromkeys(form for run in _RUNS.findall(plain) if (form := name_form(run))))


def _pieces(runs: list[str]) -> Iterator[str]:
    """Everything within a shown name that could be somebody's whole name: the longest first. Latin names count as whole runs
    only, for "ann" is within "joanna" without meaning anything."""
    for run in runs:
        if run.isascii():
            yield run
            continue
        for length in range(min(_LONGEST_NAME, len(run)), 1, -1):
            for start in range(len(run) - length + 1):
                yield run[start : start + length]


def _given_names(form: str) -> Iterator[str]:
    """What friends would call her: 美玲 of 陳美玲, 曉君 of 歐陽曉君; nothing of Latin names, whose words are compared whole."""
    if not form.isascii() and len(form) in (_WHOLE, _WHOLE + 1):
        yield form[-2:]


def _word_key(name: str) -> str:
    """The Latin words of a name in one order, so that "Chen Mei-Ling" meets "Mei Ling CHEN"; "" for fewer than two."""
    words = re.findall(r"[a-z]{2,}", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(sorted(words)) if len(words) > 1 else ""

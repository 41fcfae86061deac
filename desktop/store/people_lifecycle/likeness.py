"""Which people may be one and the same, and what speaks for it: pure comparison of their names, numbers and birthdays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple

from desktop.core.message import Message, message
from desktop.store.people_lifecycle.name_forms import name_form

Certainty = Literal["sure", "likely", "maybe"]
CERTAINTIES: tuple[Certainty, ...] = ("sure", "likely", "maybe")

_CROWD = 8
"""A number or a name that more people share than this says little: only those of one name are compared."""

_SAME_DIGITS = 8
"""So many last digits make two writings of one number likely: a country's code was read wrongly."""

_FULL_DATE = 10
_LONG_NAME = 3


class Known(NamedTuple):
    """What is compared of a person; ``others`` are (key, value) of people merged into her."""

    id: int
    member_no: str | None
    line_user_id: str | None
    phone: str | None
    email: str | None
    name: str | None
    line_name: str | None
    birthday: str | None
    others: tuple[tuple[str, str], ...] = ()

    @property
    def shop_member(self) -> bool:
        """Known to the shop by member number, phone or e-mail."""
        return bool(self.member_no or self.phone or self.email)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two people who may be one, ``low`` < ``high`` by id: what speaks for and against it, and how certain it is."""

    low: int
    high: int
    evidence: tuple[Message, ...]
    certainty: Certainty


class _Compared(NamedTuple):
    known: Known
    form: str
    line_form: str


_Bucket = Callable[[_Compared], str | None]


def alike(
    people: Iterable[Known], apart: Set[tuple[int, int]], between: Callable[[], None]
) -> list[Duplicate]:
    """All pairs who may be one, the surest first.

    Args:
        people: everybody.
        apart: pairs (low, high) of whom the owner said that they are different people.
        between: called now and then; may raise to stop.
    """
    compared = [_Compared(one, name_form(one.name), name_form(one.line_name)) for one in people]
    between()
    shared = {
        key: Counter(value for one in compared if (value := getattr(one.known, key)))
        for key in ("phone", "email")
    }
    found: dict[tuple[int, int], Duplicate] = {}
    for bucket in _BUCKETS:
        for group in _grouped(compared, bucket):
            for one, other in _pairs(group):
                _judge(one, other, found, apart, shared)
        between()
    for one, other in _namesakes_at_line(compared):
        _judge(one, other, found, apart, shared, namesake=True)
    for one, other in _known_by_another_key(compared):
        _judge(one, other, found, apart, shared)
    between()
    return sorted(found.values(), key=lambda pair: (CERTAINTIES.index(pair.certainty), pair.low, pair.high))


def _name_and_birthday(one: _Compared) -> str | None:
    return f"{one.form} {one.known.birthday}" if len(one.form) > 1 and one.known.birthday else None


def _name_and_digits(one: _Compared) -> str | None:
    phone = one.known.phone
    return f"{one.form} {phone[-_SAME_DIGITS:]}" if one.form and phone and len(phone) > _SAME_DIGITS else None


_BUCKETS: tuple[_Bucket, ...] = (
    lambda one: one.known.phone,
    lambda one: one.known.email,
    lambda one: one.known.member_no and one.known.member_no.casefold(),
    _name_and_birthday,
    _name_and_digits,
)
"""What two people can share: each gives the value by which they are brought together, None for nothing."""


def _grouped(people: list[_Compared], bucket: _Bucket) -> Iterator[list[_Compared]]:
    """Those who share a value."""
    first: dict[str, _Compared] = {}
    groups: dict[str, list[_Compared]] = {}
    for one in people:
        value = bucket(one)
        if not value:
            continue
        if value in groups:
            groups[value].append(one)
        elif value in first:
            groups[value] = [first[value], one]
        else:
            first[value] = one
    yield from groups.values()


def _pairs(group: list[_Compared]) -> Iterator[tuple[_Compared, _Compared]]:
    if len(group) <= _CROWD:
        yield from combinations(group, 2)
        return
    by_name: dict[str, list[_Compared]] = {}
    for one in group:
        by_name.setdefault(one.form or one.line_form, []).append(one)
    for form, same in by_name.items():
        if form and len(same) <= _CROWD:
            yield from combinations(same, 2)


def _namesakes_at_line(people: list[_Compared]) -> Iterator[tuple[_Compared, _Compared]]:
    """Friends the shop does not know by any number, and shop members without a user ID who bear the name they show at LINE."""
    friends: dict[str, list[_Compared]] = {}
    members: dict[str, list[_Compared]] = {}
    for one in people:
        if one.known.line_user_id and not one.known.shop_member:
            for form in {one.line_form, one.form} - {""}:
                friends.setdefault(form, []).append(one)
        elif one.known.shop_member and not one.known.line_user_id and len(one.form) > 1:
            members.setdefault(one.form, []).append(one)
    for form, some in friends.items():
        others = members.get(form, [])
        if len(some) * len(others) <= _CROWD:
            yield from ((one, other) for one in some for other in others)


def _known_by_another_key(people: list[_Compared]) -> Iterator[tuple[_Compared, _Compared]]:
    """People who have a number that somebody merged into another had."""
    merged = {other: one for one in people for other in one.known.others}
    if not merged:
        return
    for one in people:
        for key in ("member_no", "line_user_id", "phone", "email"):
            holder = merged.get((key, getattr(one.known, key) or ""))
            if holder is not None and holder.known.id != one.known.id:
                yield holder, one


def _judge(
    one: _Compared,
    other: _Compared,
    found: dict[tuple[int, int], Duplicate],
    apart: Set[tuple[int, int]],
    shared: Mapping[str, Counter[str]],
    namesake: bool = False,
) -> None:
    if one.known.id > other.known.id:
        one, other = other, one
    pair = one.known.id, other.known.id
    if pair in found or pair in apart:
        return
    speaking = _Speaking(one, other, namesake)
    if speaking.for_it:
        crowded = any(_crowded(one.known, other.known, key, counts) for key, counts in shared.items())
        found[pair] = Duplicate(*pair, speaking.evidence(), speaking.certainty(crowded=crowded))


def _crowded(one: Known, other: Known, key: str, counts: Counter[str]) -> bool:
    """Whether they share this with a third."""
    value = getattr(one, key)
    return value is not None and value == getattr(other, key) and counts[value] > 2


class _Speaking:
    """What speaks for and against two people being one."""

    def __init__(self, one: _Compared, other: _Compared, namesake: bool) -> None:
        a, b = one.known, other.known
        self.phone = bool(a.phone and a.phone == b.phone)
        self.email = bool(a.email and a.email == b.email)
        self.number = bool(a.member_no and b.member_no and a.member_no.casefold() == b.member_no.casefold())
        self.merged = _answers_to(a, b) or _answers_to(b, a)
        self.digits = bool(
            a.phone and b.phone and not self.phone and a.phone[-_SAME_DIGITS:] == b.phone[-_SAME_DIGITS:]
        )
        self.birthday = bool(a.birthday and a.birthday == b.birthday)
        self.full_birthday = self.birthday and len(a.birthday or "") == _FULL_DATE
        self.written_alike = bool(a.name and a.name == b.name)
        self.same_name = bool(one.form and one.form == other.form)
        self.name_length = len(one.form or one.line_form)
        self.line_name = namesake or bool(not self.same_name and (_shows(one, other) or _shows(other, one)))
        self.other_name = bool(one.form and other.form and not self.same_name and not self.line_name)
        self.other_birthday = bool(a.birthday and b.birthday and a.birthday[-5:] != b.birthday[-5:])
        self.two_numbers = bool(a.member_no and b.member_no and not self.number)
        self.two_accounts = bool(a.line_user_id and b.line_user_id and a.line_user_id != b.line_user_id)

    @property
    def key(self) -> bool:
        """A number of hers, or one of somebody merged into her, is the other's too."""
        return self.phone or self.email or self.number or self.merged

    @property
    def for_it(self) -> bool:
        """Whether anything speaks for it at all."""
        by_name = self.same_name and (self.birthday or self.digits)
        return self.key or by_name or (self.line_name and not self.two_accounts)

    def certainty(self, *, crowded: bool) -> Certainty:
        """How certain it is.

        Args:
            crowded: more than two people share their phone or e-mail.
        """
        agree = self.same_name or self.line_name
        if self.other_name or self.other_birthday:
            return "maybe"
        if self.key and agree:
            return "likely" if crowded or self.two_numbers or self.two_accounts else "sure"
        if self.key or (self.same_name and self.full_birthday) or (self.same_name and self.digits):
            return "likely" if not crowded else "maybe"
        return "maybe"

    def evidence(self) -> tuple[Message, ...]:
        """What speaks for it, then what speaks against it."""
        said = (
            (self.phone, message("duplicates.why.phone")),
            (self.email, message("duplicates.why.email")),
            (self.number, message("duplicates.why.number")),
            (self.merged, message("duplicates.why.merged")),
            (self.written_alike, message("duplicates.why.name")),
            (self.same_name and not self.written_alike, message("duplicates.why.name_variant")),
            (self.line_name, message("duplicates.why.line_name")),
            (self.birthday, message("duplicates.why.birthday")),
            (self.digits and self.same_name, message("duplicates.why.digits")),
            (self.other_name, message("duplicates.why.other_name")),
            (self.other_birthday, message("duplicates.why.other_birthday")),
            (self.two_numbers, message("duplicates.why.two_numbers")),
            (self.two_accounts, message("duplicates.why.two_accounts")),
        )
        return tuple(text for true, text in said if true)


def _answers_to(one: Known, other: Known) -> bool:
    return any((getattr(other, key), key) == (value, key) for key, value in one.others)


def _shows(friend: _Compared, member: _Compared) -> bool:
    """Whether one's name at LINE is the other's name."""
    return len(friend.line_form) > 1 and friend.line_form == member.form

"""What a figure may be broken down by: only what an owner can act on. A month, an age or a gender is no lever, and is declined
with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from desktop.core.people.search_text import fold

Kind = Literal["field", "extra", "tags"]

MOST_VALUES = 60
"""A column with more different values is no dimension: nobody reads so many rows, and each holds too few people."""

FEWEST_EACH = 3
"""People a value of a column has on average at least; fewer are remarks, not groups."""

FIELDS = ("store", "source", "level")
"""Fields that are levers: somebody runs the store, chose the source, set the rules of the level."""

DECLINED = {
    "month": "time",
    "weekday": "time",
    "gender": "person",
    "birthday_month": "person",
    "age": "person",
}
"""Dimensions nobody can act on → why: a month passes whatever the owner does; people are as they are."""

_CAMPAIGN = re.compile("活動|檔期|campaign|キャンペーン|行銷")
_RECRUITER = re.compile("招募|推薦|介紹|recruit|referr|紹介|業務|店員|人員|staff")
_PERSON = re.compile("性別|gender|sex|生日|birthday|年齡|年龄|age|歲|星座|血型|年代|誕生|年齢")
_TIME = re.compile("月份|季節|日期|時間|month|season|date|time|年度|星期|weekday|曜日")


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to divide people.

    Args:
        id: on the command line and in settings: ``store``, ``extra:活動``, ``tags:來源``.
        kind: a field, an extra column, or the tags of a group (in which somebody may be twice).
        name: the field, the column or the group.
        role: campaign or recruiter where the column's name says so, else "".
        declined: why it is no lever: time or person; "" for one that is.
    """

    id: str
    kind: Kind
    name: str
    role: str = ""
    declined: str = ""

    @property
    def actionable(self) -> bool:
        """Whether somebody can act on it."""
        return not self.declined


def of_field(name: str) -> Dimension:
    """A field of a person's own, one of FIELDS or DECLINED."""
    return Dimension(name, "field", name, declined=DECLINED.get(name, ""))


def of_column(name: str) -> Dimension:
    """An extra column, by what its name says it is."""
    word = fold(name)
    declined = "person" if _PERSON.search(word) else "time" if _TIME.search(word) else ""
    role = "campaign" if _CAMPAIGN.search(word) else "recruiter" if _RECRUITER.search(word) else ""
    return Dimension(f"extra:{name}", "extra", name, role, "" if role else declined)


def of_tags(group: str) -> Dimension:
    """The tags of a group."""
    return Dimension(f"tags:{group}", "tags", group)


def all_of(columns: Iterable[str], groups: Iterable[str]) -> tuple[Dimension, ...]:
    """All dimensions of a shop, levers first: fields, campaigns and recruiters, tag groups, other columns; then the declined."""
    extra = [of_column(name) for name in columns]
    found = [*map(of_field, FIELDS), *(one for one in extra if one.role), *map(of_tags, groups)]
    found += [one for one in extra if not one.role and one.actionable]
    found += [*map(of_field, DECLINED), *(one for one in extra if not one.actionable)]
    return tuple(found)

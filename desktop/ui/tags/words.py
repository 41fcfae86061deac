"""How the tags page writes what it knows of a tag."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.people.condition import Op, Term
from desktop.core.people.query_text import to_text
from desktop.core.people.tag import Tag
from desktop.store.tagging.mentions import Mentions
from desktop.text import t
from desktop.ui import i18n, theme

NAMED = 3


def colour_of(tag: Tag) -> str:
    """The colour the tag is shown in: its own, or the one its name gives it."""
    return tag.colour or theme.tag_colour(tag.name)


def query_of(name: str) -> str:
    """The query that finds who has the tag."""
    return to_text(Term("tag", Op.HAS, name))


def listed(names: Sequence[str], most: int = NAMED) -> str:
    """Names in 「」, the first few and how many more."""
    quoted = t("tags_page.list_separator").join(t("tags_page.quoted", name=name) for name in names[:most])
    return t("tags_page.and_more", names=quoted, n=len(names) - most) if len(names) > most else quoted


def share(people: int, of: int) -> str:
    """A share of the shop, with a digit behind the point only where it says something."""
    if not of or not people:
        return "—"
    part = people / of * 100
    return "<1%" if part < 1 else f"{part:.0f}%"


def expiry(days: int | None) -> str:
    """How long a tag lasts."""
    return "" if days is None else t("tags_page.days", n=days)


def depends(mentions: Mentions) -> str:
    """What hangs on a tag, in one sentence; "" if nothing does."""
    parts = [
        t(f"tags_page.uses.{what}", names=listed(names), n=len(names))
        for what, names in (
            ("made_by", mentions.made_by),
            ("rules", mentions.rules),
            ("audiences", mentions.audiences),
            ("views", mentions.views),
            ("plans", mentions.plans),
        )
        if names
    ]
    return t("tags_page.clause_separator").join(parts)


def spoken(tag: Tag, of: int) -> str:
    """A tag's row as a sentence."""
    return t(
        "tags_page.spoken",
        tag=tag.name,
        n=tag.people,
        share=share(tag.people, of),
        kind=t(f"tags_page.kind.{tag.kind}"),
        meaning=tag.meaning or t("tags_page.no_meaning"),
    )


def last_used(tag: Tag, put_on: str | None) -> str:
    """The day a tag was last used by hand or put on by anything; "" if that is not known."""
    return i18n.date(last_at(tag, put_on))


def last_at(tag: Tag, put_on: str | None) -> str:
    """The instant behind :func:`last_used`, for sorting."""
    return max((at for at in (tag.used_at, put_on) if at), default="")

"""What publishing will do at LINE, in words: for whom each menu is, what happens in which order, whom banners speak of."""

from __future__ import annotations

from desktop.core.message import Message, message
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse
from desktop.operations.planning.publishing import Prepared
from desktop.operations.planning.publishing.models import Live, LiveMenu, PlannedMenu, Publication
from desktop.store.publishing.jobs import PublishingJob
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.audiences.conditions.words import summary
from desktop.ui.publishing.reading import ToSay
from desktop.ui.publishing.states import acts, wrong


def for_whom(menu: PlannedMenu | LiveMenu | Prepared, *, alone: bool) -> str:
    """Who sees a menu.

    Args:
        menu: the menu.
        alone: whether nobody has a menu of her own beside it.
    """
    if menu.role == "default":
        return t("publishing_page.for.everybody" if alone else "publishing_page.for.others")
    if menu.role == "tab":
        return t("publishing_page.for.tab")
    return t("publishing_page.for.people", who=who(menu.query), n=menu.people)


def who(query: str) -> str:
    """Whom a query finds, in words; as it is written where it cannot be read."""
    try:
        return summary(parse(query, extra_columns=None))
    except QueryMistake:
        return query


def who_has(live: Live, at: int) -> str:
    """The query that finds the people who are given a menu: those of its own query whom no menu before it takes.

    Args:
        live: what is live.
        at: the menu's place in it.
    """
    before = [menu.query for menu in live.menus[:at] if menu.role == "people"]
    parts = [f"({live.menus[at].query})", *(f"-({query})" for query in before), "line_user_id:any"]
    return " ".join(parts)


def happens(publication: Publication) -> list[Message]:
    """What a press does, in the order in which it is done."""
    made = sum(menu.state != "unchanged" for menu in publication.menus)
    lines = [message("publishing_page.happens.make", n=made)] if made else []
    if publication.default_changes:
        default = next((menu.name for menu in publication.menus if menu.role == "default"), None)
        lines.append(
            message("publishing_page.happens.no_default")
            if default is None
            else message("publishing_page.happens.default", menu=default)
        )
    if publication.link:
        lines.append(message("publishing_page.happens.link", n=publication.link))
    if publication.unlink:
        lines.append(message("publishing_page.happens.unlink", n=publication.unlink))
    if publication.gone:
        gone = [message("publishing_page.quoted", name=name) for name in publication.gone]
        lines.append(message("publishing_page.happens.gone", menus=gone))
    if publication.rules_change and not lines:
        lines.append(message("publishing_page.happens.rules"))
    return lines


def to_say(said: ToSay) -> tuple[Message, Message] | None:
    """The sentence of a banner and what its button says; None for nothing."""
    if said.waiting:
        return message("publishing_page.waiting", n=len(said.waiting)), message("publishing_page.go_on")
    if said.stuck is not None:
        return _stuck(said.stuck)
    if said.interrupted is not None:
        text = message(f"publishing_page.interrupted.{said.interrupted.kind}")
        return text, message("publishing_page.due.publish")
    if said.due:
        return _due(said), message("publishing_page.due.publish")
    if said.newly.problem is not None:
        return said.newly.problem, message("publishing_page.due.publish")
    if said.newly.n:
        return _newly(said), message("publishing_page.newly.change")
    return None


def _stuck(job: PublishingJob) -> tuple[Message, Message] | None:
    why = wrong(job)
    return None if why is None else (why, message(f"publishing_page.act.{acts(job)[0]}"))


def _due(said: ToSay) -> Message:
    if len(said.due) > 1:
        return message("publishing_page.due.many", n=len(said.due))
    (one,) = said.due
    return message(f"publishing_page.due.{one.what}", menu=one.name, day=i18n.date(one.day.isoformat()))


def _newly(said: ToSay) -> Message:
    newly = said.newly
    if len(newly.to_menu) == 1 and not newly.to_default:
        key = "publishing_page.newly.bound" if said.bound else "publishing_page.newly.one"
        return message(key, n=newly.n, menu=newly.to_menu[0][0])
    if not newly.to_menu:
        return message("publishing_page.newly.default", n=newly.n)
    parts = [message("publishing_page.newly.part", menu=name, n=n) for name, n in newly.to_menu]
    if newly.to_default:
        parts.append(message("publishing_page.newly.part_default", n=newly.to_default))
    return message("publishing_page.newly.many", n=newly.n, parts=parts)

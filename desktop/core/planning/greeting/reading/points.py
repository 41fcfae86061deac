"""The six points a greeting should make: an offer for those who join, the shop's page, what is going on now, why to stay, how the
account works, and when somebody answers. For each the sentence that makes it, if one does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

from desktop.core.planning.greeting.balloons import Coupon, Greeting
from desktop.core.planning.greeting.reading import words
from desktop.core.planning.greeting.reading.facts import BLANK
from desktop.core.planning.greeting.reading.passages import Sentence, addresses, sentences
from desktop.core.planning.greeting.reading.placeholders import placeholders

Evidence = tuple[int, str, bool]
"""Index of the balloon, the words that make the point, and whether something in them is still to be replaced."""

_NOT_A_SITE = re.compile(
    r"(?:^|\.)(?:line\.me|lin\.ee|maps\.app\.goo\.gl|forms\.gle|example\.com|tagline\.invalid)$"
    r"|^(?:maps\.google|docs\.google)\."
)
"""LINE's own pages, maps and forms are not the shop's page; its page on a marketplace or a social network is."""

_LEAST = 4
"""Characters under a heading as 最新活動 that say something."""

_FEW = 2
"""Characters that may stand beside hours which are alone in their line."""

_LEADING = re.compile(rf"\s*{BLANK}+\s*(?:$|[,(、])")
"""Hours that open a line and stand for themselves."""

_SITE_GAP = re.compile(r"網址|官網|網站|URL|website|web ?site|link|サイト|ホームページ", re.IGNORECASE)
_GIFT_GAP = re.compile(r"優惠|禮|折|送|贈|券|offer|gift|discount|特典|クーポン|割引", re.IGNORECASE)
_HOURS_GAP = re.compile(r"時間|時段|hours|:", re.IGNORECASE)


def offer(greeting: Greeting) -> Iterator[Evidence]:
    """A benefit for those who join. A coupon in the greeting is one by itself."""
    for index, balloon in enumerate(greeting.balloons):
        if isinstance(balloon, Coupon) and (balloon.title.strip() or balloon.coupon_id.strip()):
            yield index, balloon.title.strip(), bool(placeholders(balloon.title))
    guided = _guide_to_joining(greeting)
    for one in sentences(greeting):
        for_whom = words.FOR_WHOM.search(one.words) or words.FOR_WHOM.search(one.heading) or one in guided
        given = benefits(one)
        if _continues(one):
            given = [benefit for benefit in given if not words.VAGUE.fullmatch(benefit.strip())]
        if for_whom and (given or _gap(one, _GIFT_GAP)):
            yield _said(one)


def site(greeting: Greeting) -> Iterator[Evidence]:
    """The address of the shop's own page, written out or behind a picture or button."""
    for index, address in addresses(greeting):
        if is_site(address):
            yield index, address, bool(placeholders(address))
    for one in sentences(greeting):
        if _gap(one, _SITE_GAP):
            yield _said(one)


def campaign(greeting: Greeting) -> Iterator[Evidence]:
    """Something that goes on now: with a time, or a page to read it on."""
    yield from (_said(one) for one in sentences(greeting) if _is_on(one))


def stay(greeting: Greeting) -> Iterator[Evidence]:
    """Something that keeps coming, or a benefit that lasts."""
    for one in sentences(greeting):
        programme = words.PROGRAMME.search(one.words)
        if (
            _continues(one)
            or words.KEEPS_COMING.search(one.words)
            or (programme and not _taken_back(one.words, programme))
        ):
            yield _said(one)


def how(greeting: Greeting) -> Iterator[Evidence]:
    """What the menu and keywords do, who answers, how often the account writes."""
    for one in sentences(greeting):
        about = words.MENU.search(one.words) or words.MENU.search(one.heading)
        menu = about and words.FUNCTION.search(words.MENU.sub("", one.words))
        if menu or words.HOW.search(one.words):
            yield _said(one)


def hours(greeting: Greeting) -> Iterator[Evidence]:
    """From when to when the shop is open or answers, or how soon."""
    yield from (_said(one) for one in sentences(greeting) if _opening_hours(one) or _answering(one))


POINTS: Mapping[str, Callable[[Greeting], Iterator[Evidence]]] = MappingProxyType(
    {"offer": offer, "site": site, "campaign": campaign, "stay": stay, "how": how, "hours": hours}
)
"""Every point, in the order the checks list them."""


def is_site(address: str) -> bool:
    """Whether an address may be the shop's own page."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "." not in host:
        return False
    a_map = re.match(r"(?:google|goo)\.", host) and "/maps" in parts.path
    return not (a_map or _NOT_A_SITE.search(host))


def benefits(sentence: Sentence) -> list[str]:
    """The benefits a sentence gives; what it takes back (沒有優惠, 已結束) is none."""
    found = words.BENEFIT.finditer(sentence.words)
    return [match.group() for match in found if not _taken_back(sentence.words, match)]


def _taken_back(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() :]
    return bool(words.NO_BENEFIT_BEFORE.search(before) or words.NO_BENEFIT_AFTER.search(after))


def _guide_to_joining(greeting: Greeting) -> list[Sentence]:
    """The numbered steps of guides one of whose steps is joining: what the last gives, it gives to those who did."""
    steps = [one for one in sentences(greeting) if words.STEP.match(one.words.lstrip())]
    joining = {one.balloon for one in steps if words.FOR_WHOM.search(one.words)}
    return [one for one in steps if one.balloon in joining]


def _continues(one: Sentence) -> bool:
    return all(pattern.search(one.words) for pattern in (words.CONTINUING, words.NEWS, words.RECEIVE))


def _is_on(one: Sentence) -> bool:
    what = next((m for m in words.CAMPAIGN.finditer(one.words) if not _taken_back(one.words, m)), None)
    heading = words.CAMPAIGN.search(one.heading)
    dated = bool(one.of("date", "date_range") or words.ONGOING.search(one.words))
    now = words.NOW.search(one.words) is not None
    if (dated or now) and (what or heading or benefits(one) or (now and one.of("price"))):
        # New things every month, and where they are told, are a reason to stay.
        return bool(dated or benefits(one) or not _continues(one))
    if one.of("url") and (words.LINKED.search(one.words) or words.LINKED.search(one.heading)):
        return True
    headed_now = words.NOW.search(one.heading) or words.NOWISH.search(one.heading)
    if headed_now and benefits(one):
        return True
    if heading and headed_now and len(one.words.strip()) >= _LEAST:
        return True
    return bool(words.NOWISH.search(one.words) and what and not _continues(one))


def _answering(one: Sentence) -> bool:
    """How soon an answer comes, service around the clock, or a gap for the hours of service."""
    if words.ANSWER.search(one.words) and words.WITHIN.search(one.words):
        return True
    open_hours = words.ROUND_THE_CLOCK.search(one.words) or _gap(one, _HOURS_GAP)
    return bool(open_hours and words.SERVICE.search(one.words))


def _opening_hours(one: Sentence) -> bool:
    if _from_to_in_words(one):
        return True
    if not one.of("hours"):
        return False
    if words.SERVICE.search(one.words):
        return True
    if (
        words.OTHER_HOURS.search(one.words)
        or words.OTHER_HOURS.search(one.heading)
        or one.of("date", "date_range")
    ):
        return False
    bare = re.sub(r"[^\w]", "", one.unclocked)
    return bool(
        words.WEEK.search(one.words)
        or _LEADING.match(one.unclocked)
        or words.SERVICE.search(one.heading)
        or len(bare) <= _FEW
        or re.search(r"[⏰🕐-🕧⌚]", one.text)
    )


def _from_to_in_words(one: Sentence) -> bool:
    """十點開門，九點打烊; 營業到七點; 八點後回覆."""
    times = one.of("time")
    if len(times) >= 2 and words.CLOSES.search(one.words) and words.OPENS.search(one.words):
        return True
    return any(
        words.OPEN_UNTIL.search(one.words[: fact.start]) or words.ANSWERED_AFTER.match(one.words[fact.end :])
        for fact in times
    )


def _gap(one: Sentence, about: re.Pattern[str]) -> bool:
    return any(about.search(one.text[start:end]) for start, end in placeholders(one.text))


def _said(one: Sentence) -> Evidence:
    return one.balloon, one.text.strip(), one.has_placeholder


def best(found: Sequence[Evidence]) -> Evidence | None:
    """The evidence to show: one that is complete before one with a gap."""
    return next((one for one in found if not one[2]), found[0] if found else None)

"""The checklist of recruiting friends: the four ways on which people find a shop's LINE account, what each kind of account may
do, and the stands with a QR code for each branch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlsplit

WAYS: Mapping[str, tuple[str, ...]] = {
    "before": ("offer", "greeting", "menu", "privacy", "routes"),
    "store": ("counter", "tables", "staff", "packaging", "door"),
    "online": ("site", "checkout", "order_mail", "parcel", "login"),
    "social": ("profile", "posts", "maps", "social_ads"),
    "line": ("search", "friend_ads", "share"),
}
"""What is made ready before, and the four ways: in the store, on the shop's own site, on other networks, inside LINE."""

ACCOUNT_KINDS = ("general", "verified", "premium")
"""LINE's kinds of official accounts; premium ones are those LINE invites (綠盾)."""

NEEDS_VERIFICATION = frozenset({"search", "friend_ads"})
"""Only verified and premium accounts are found by name in LINE, and may run ads that gain friends. LINE for Business (Taiwan,
Japan), "verified account", read 2026-11."""

LINK_STARTS = ("https://lin.ee/", "https://line.me/", "https://page.line.me/", "https://liff.line.me/")
"""How links that add a friend begin."""

STANDS_AT_MOST = 50
"""Pages of one file of stands; more branches than that are printed in parts."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One place a stand is for; ``link`` is its own link, "" for the shop's: LINE counts apart only what has a link apart."""

    name: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Recruiting:
    """What the owner has ticked and written.

    Attributes:
        account_kind: one of ACCOUNT_KINDS, "" while nobody said.
        done: ticked items; ``left_out`` those that are not for this shop.
        link: the link that adds the account as a friend.
        headline: what the stand calls out; ``offer`` what a new friend gets, ``small_print`` what goes with it.
        branches: none means one stand for the shop.
    """

    account_kind: str = ""
    done: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    link: str = ""
    headline: str = ""
    offer: str = ""
    small_print: str = ""
    branches: tuple[Branch, ...] = ()

    def ticked(self, item: str, state: str) -> Recruiting:
        """The same with an item done, left out or open."""
        return replace(
            self,
            done=self.done | {item} if state == "done" else self.done - {item},
            left_out=self.left_out | {item} if state == "left_out" else self.left_out - {item},
        )

    def state(self, item: str) -> str:
        """``done``, ``left_out`` or ``open``."""
        return "done" if item in self.done else "left_out" if item in self.left_out else "open"

    def closed(self, item: str) -> bool:
        """Whether this kind of account may not do it."""
        return item in NEEDS_VERIFICATION and self.account_kind == "general"

    def count(self, way: str) -> tuple[int, int]:
        """How many items of a way are done, of how many that are for this shop and its account."""
        items = [item for item in WAYS[way] if item not in self.left_out and not self.closed(item)]
        return sum(item in self.done for item in items), len(items)

    def stands(self, shop: str) -> tuple[Branch, ...]:
        """The stands to print, each with the link it shows."""
        branches = self.branches or (Branch(shop),)
        return tuple(replace(branch, link=branch.link or self.link) for branch in branches)


def to_content(recruiting: Recruiting) -> dict[str, Any]:
    """As the shop file keeps it."""
    return {
        "account_kind": recruiting.account_kind,
        "done": sorted(recruiting.done),
        "left_out": sorted(recruiting.left_out),
        "link": recruiting.link,
        "headline": recruiting.headline,
        "offer": recruiting.offer,
        "small_print": recruiting.small_print,
        "branches": [{"name": branch.name, "link": branch.link} for branch in recruiting.branches],
    }


def from_content(content: Mapping[str, Any]) -> Recruiting:
    """What the shop file kept; what is missing or not known any more falls away."""
    known = {item for items in WAYS.values() for item in items}
    kind = content.get("account_kind", "")
    texts = {name: str(content.get(name) or "") for name in ("link", "headline", "offer", "small_print")}
    return Recruiting(
        account_kind=kind if kind in ACCOUNT_KINDS else "",
        done=frozenset(content.get("done") or ()) & known,
        left_out=frozenset(content.get("left_out") or ()) & known,
        branches=tuple(
            Branch(str(one.get("name") or ""), str(one.get("link") or ""))
            for one in content.get("branches") or ()
        ),
        **texts,
    )


def link_of(basic_id: str) -> str:
    """The link that adds an account as a friend, by its ID as LINE shows it (``@daydaycoffee``). LINE Developers, "Use LINE URL
    scheme": ``https://line.me/R/ti/p/{percent-encoded LINE ID}``."""
    return f"https://line.me/R/ti/p/{quote(basic_id, safe='')}"


def link_problem(link: str) -> str | None:
    """What is wrong with a link for a stand: ``empty``, ``not_https``, ``not_line``; None if nothing."""
    if not link.strip():
        return "empty"
    parts = urlsplit(link.strip())
    if parts.scheme != "https" or not parts.hostname:
        return "not_https"
    return None if link.strip().startswith(LINK_STARTS) else "not_line"


def same_links(recruiting: Recruiting) -> bool:
    """Whether several branches show the same link, so that LINE cannot tell where friends came from."""
    links = [branch.link or recruiting.link for branch in recruiting.branches]
    return len(links) > len(set(links))

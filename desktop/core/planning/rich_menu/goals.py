"""What a menu is for: the entries a shop's menu should have, which of them a menu has, found by the areas' chosen goals or by
their words, and which of them the shop's operating plan asks for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desktop.core.planning.actions import ActionKind
from desktop.core.planning.rich_menu.menu import Area, RichMenu

GOALS = (
    "recruiting",
    "business_info",
    "campaign",
    "products",
    "news",
    "new_items",
    "branches",
    "service",
)
"""Every goal; its name is the text ``rich_menu.goal.<goal>``, what is missing ``rich_menu.goal_missing.<goal>``."""


@dataclass(frozen=True, slots=True)
class GoalState:
    """One goal and the menu.

    Args:
        goal: one of GOALS.
        areas: indexes of the areas that serve it.
        wanted: False where this menu need not have it: recruiting in a menu for people who are bound already,
            branches for a shop with one branch, or what the operating plan leaves out.
        planned: the operating plan names content of this kind.
    """

    goal: str
    areas: tuple[int, ...]
    wanted: bool = True
    planned: bool = False

    @property
    def covered(self) -> bool:
        """Whether the menu has an entry for it."""
        return bool(self.areas)


_WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "recruiting": re.compile(
            r"綁定|加入會員|成為會員|會員中心|會員卡|註冊|招募|入會"
            r"|join|sign ?up|member|link (your|my) |会員|登録|連携",
            re.IGNORECASE,
        ),
        "business_info": re.compile(
            r"營業|公休|門市資訊|店家資訊|交通|地址|關於我們|停車"
            r"|hours|about|(shop|store) info|address|営業|定休|店舗情報|アクセス|駐車",
            re.IGNORECASE,
        ),
        "campaign": re.compile(
            r"活動|優惠|折扣|特價|主打|買一送一|抽獎|禮券|折價券|集點"
            r"|coupon|offer|sale\b|deal|campaign|reward|キャンペーン|クーポン|特典|セール|ポイント",
            re.IGNORECASE,
        ),
        "products": re.compile(
            r"(?<!新)商品|產品|購物|商城|菜單|訂購|下單|選購|預約|訂位|課程|服務項目"
            r"|menu|shop now|order|product|online (shop|store)|book|reserv"
            r"|メニュー|注文|通販|ショップ|予約|オンラインストア",
            re.IGNORECASE,
        ),
        "news": re.compile(
            r"消息|公告|動態|快訊|粉絲團|instagram|facebook|\bnews|notice|お知らせ|ニュース|最新情報",
            re.IGNORECASE,
        ),
        "new_items": re.compile(
            r"新品|新上市|新到|新款|新菜|當季|本季|季節|新商品|新作|新着|新メニュー"
            r"|new (arrival|item|product|menu|in\b)|just in|seasonal",
            re.IGNORECASE,
        ),
        "branches": re.compile(
            r"門市|分店|據點|找店|店點|地圖|導航|店舗一覧|店舗検索|支店|地図"
            r"|branch|\bstores\b|locations?\b|find us|\bmap\b",
            re.IGNORECASE,
        ),
        "service": re.compile(
            r"客服|聯絡|真人|諮詢|詢問|常見問題|打電話|問與答|問い合わせ|問合せ|サポート|よくある質問|電話"
            r"|\bfaq\b|help|contact|support|\bcall\b|ask us|chat with",
            re.IGNORECASE,
        ),
    }
)
_BOUND = re.compile(r"(?<![-\w])bound:(yes|true|1|是)", re.IGNORECASE)


def goals(
    menu: RichMenu, *, content_types: Collection[str] = (), one_branch: bool = False
) -> tuple[GoalState, ...]:
    """Every goal, whether the menu has an entry for it, and whether it should.

    Args:
        menu: the menu.
        content_types: kinds of content the operating plan names, ids of goals or the owner's own words; empty: no plan.
        one_branch: the shop has one branch only.
    """
    served = [served_by(area) for area in menu.areas]
    planned = {goal for words in content_types for goal in ({words} & set(GOALS)) | _in_words(words)}
    return tuple(
        GoalState(
            goal,
            tuple(at for at, found in enumerate(served) if goal in found),
            wanted=not _needless(goal, menu, one_branch),
            planned=goal in planned,
        )
        for goal in GOALS
    )


def served_by(area: Area) -> frozenset[str]:
    """The goals an area serves: the one chosen for it, otherwise those its words name. A blank area serves none."""
    if area.goal in GOALS:
        return frozenset({area.goal})
    found = _in_words(f"{area.title} {area.subtitle} {area.action.label}")
    if area.action.kind is ActionKind.CALL and not found:
        return frozenset({"service"})
    return frozenset(found)


def for_bound(menu: RichMenu) -> bool:
    """Whether the menu is only for people who are bound already."""
    return _BOUND.search(menu.for_whom) is not None


def _in_words(words: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", words)
    return {goal for goal, pattern in _WORDS.items() if pattern.search(plain)}


def _needless(goal: str, menu: RichMenu, one_branch: bool) -> bool:
    return (goal == "recruiting" and for_bound(menu)) or (goal == "branches" and one_branch)

"""Menus to draw: short and long words in three languages, photos that are nobody's."""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.layouts import LAYOUTS, rects
from desktop.core.planning.rich_menu.menu import Area, RichMenu, Style

Words = tuple[tuple[str, str], ...]
ICONS = ("link", "gift", "map-pin", "shopping-bag", "star", "headset", "megaphone", "sparkle", "crown")

SHORT: Words = tuple(
    (title, "")
    for title in (
        "綁定會員",
        "最新活動",
        "門市資訊",
        "線上購物",
        "集點卡",
        "真人客服",
        "最新消息",
        "新品",
        "VIP",
    )
)
CHINESE: Words = (
    ("立即綁定會員領取百元折價券", "綁定只要 10 秒，點數、優惠券都在這裡，生日再送好禮"),
    ("春季限定買一送一活動", "三月底前到店出示"),
    ("全台門市與營業時間查詢", "台北・台中・高雄"),
    ("官方線上購物商城", "滿千免運"),
    ("會員集點卡與優惠券", "每百元一點"),
    ("真人線上客服即時回覆", "週一到週五"),
    ("最新消息公告", ""),
    ("春夏新品上市搶先看", "限量"),
    ("VIP 會員專屬禮遇", "謝謝支持"),
)
ENGLISH: Words = (
    ("Link your membership and get a welcome coupon today", "Takes only ten seconds on your phone"),
    ("Complimentary afternoon tea promotion", "Until the end of March"),
    ("Locations and opening hours", "Taipei, Taichung, Kaohsiung"),
    ("Online department store", "Free delivery"),
    ("Loyalty points and coupons", "One point per 100"),
    ("Customer service representatives", "Monday to Friday"),
    ("Announcements", ""),
    ("Internationalization accessories", "Limited"),
    ("VIP benefits", "Thank you"),
)
JAPANESE: Words = (
    ("会員連携で 100 円クーポン", "10 秒で完了、すぐに使えます"),
    ("期間限定キャンペーン", "3 月末まで"),
    ("店舗一覧・営業時間", "東京・大阪"),
    ("オンラインショップ", "送料無料"),
    ("ポイントカード", "100 円で 1 ポイント"),
    ("お問い合わせ・サポート", "平日のみ"),
    ("お知らせ", ""),
    ("春夏コレクション新商品のご案内", "数量限定"),
    ("VIP 会員さま限定特典", "いつもありがとうございます"),
)
MONSTERS: Words = (
    ("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "a" * 200),
    ("好" * 120, "長" * 300),
    ("スーパーデラックスプレミアムコレクションキャンペーン", "ー" * 80),
    ("第一行\n第二行\n第三行\n第四行\n第五行", "一\n二\n三"),
    ("。。。「「「", "，"),
)
ALL_WORDS = {"short": SHORT, "zh": CHINESE, "en": ENGLISH, "ja": JAPANESE, "monsters": MONSTERS}


def drawn(
    layout: str,
    words: Words,
    look: str = "tint",
    palette: str = "forest",
    *,
    photos: Container[int] = (),
    colour: str = "",
) -> RichMenu:
    """A menu in a layout with these words; the areas named in ``photos`` show one."""
    known = LAYOUTS[layout]
    areas = []
    for at, rect in enumerate(rects(known, known.size)):
        title, subtitle = words[at % len(words)]
        tab = at < known.tabs
        switch = Action(ActionKind.SWITCH, menu=2)
        areas.append(
            Area(
                rect,
                icon=ICONS[at % len(ICONS)],
                title=title,
                subtitle="" if tab else subtitle,
                photo=at + 1 if at in photos else None,
                action=switch if tab and at else Action(ActionKind.URI, uri="https://a.example"),
            )
        )
    return RichMenu("選單", known.size, layout, tuple(areas), "選單", style=Style(look, palette, colour))


@cache
def photo(number: int) -> QImage:
    """Something colourful: a sky, a ground and a few round things."""
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sky = QLinearGradient(0, 0, 0, 480)
    sky.setColorAt(0, QColor.fromHsv(number * 67 % 360, 60, 250))
    sky.setColorAt(1, QColor.fromHsv((number * 67 + 40) % 360, 150, 190))
    painter.fillRect(image.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    for at in range(6):
        painter.setBrush(QColor.fromHsv((number * 31 + at * 50) % 360, 120, 240))
        painter.drawEllipse(QPointF(60 + at * 105, 240 + (at * 53 + number * 29) % 200), 50, 50)
    painter.end()
    return image


def white(_: int) -> QImage:
    """The worst ground for white letters."""
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image

"""Messages as LINE takes them, and pictures behind their addresses."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor, QImage, QPainter

from desktop.ui.phone.chat import Chat
from desktop.ui.phone.look import DEVICES, Look
from desktop.ui.phone.piece import CouponFace

WORDS = {
    "zh_TW": {
        "account": "日日咖啡",
        "hello": "怡君，歡迎加入日日咖啡\n綁定會員立即領買一送一，點下方選單「會員綁定」10 秒完成！"
        "\n有問題直接留言，客服時間 10:00–19:00。\nhttps://daydaycoffee.example/bind?from=line",
        "card": "秋季限定",
        "card_text": "桂花拿鐵、焙茶歐蕾，11/30 前第二杯半價",
        "button": "看菜單",
        "coupon": "新友買一送一",
        "until": "有效期限 2026/12/31",
        "reply": "會員綁定",
    },
    "en": {
        "account": "Day Day Coffee",
        "hello": "Hi Yijun, welcome to Day Day Coffee.\nLink your membership and get a free cup right away: tap"
        " “Membership” below, it takes ten seconds.\nQuestions? Write to us, 10:00–19:00.",
        "card": "This autumn only",
        "card_text": "Osmanthus latte and roasted tea au lait, the second cup at half price until 30 November",
        "button": "See the menu",
        "coupon": "One free cup for new friends",
        "until": "Until 31 December 2026",
        "reply": "Membership",
    },
    "ja": {
        "account": "デイデイコーヒー",
        "hello": "怡君さん、友だち追加ありがとうございます。\n会員連携で1杯無料。下のメニュー「会員連携」から10秒で"
        "完了します。\nご質問はこのトークへどうぞ（10:00–19:00）。",
        "card": "秋限定",
        "card_text": "金木犀ラテとほうじ茶オレ、11月30日まで2杯目半額",
        "button": "メニューを見る",
        "coupon": "新規友だち1杯無料",
        "until": "有効期限 2026/12/31",
        "reply": "会員連携",
    },
}


def picture(address: str) -> QImage | None:
    """Something to see behind an address; nothing behind one with "missing" in it."""
    if "missing" in address:
        return None
    size = (600, 900) if "tall" in address else (1040, 520)
    image = QImage(*size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.fillRect(image.rect(), QColor("#d9ae7a"))
    painter.fillRect(size[0] // 2, size[1] // 2, size[0], size[1], QColor("#a8703c"))
    painter.setBrush(QColor("#fff4e3"))
    painter.drawEllipse(size[0] // 2 - 120, size[1] // 2 - 120, 240, 240)
    painter.end()
    return image


def text(words: str) -> dict[str, Any]:
    """A text message."""
    return {"type": "text", "text": words}


def imagemap(height: int = 520, *areas: dict[str, Any]) -> dict[str, Any]:
    """A rich message."""
    return {
        "type": "imagemap",
        "baseUrl": "https://example.com/map",
        "altText": "新友禮",
        "baseSize": {"width": 1040, "height": height},
        "actions": list(areas),
    }


def carousel(language: str = "zh_TW", cards: int = 3) -> dict[str, Any]:
    """Cards beside each other."""
    words = WORDS[language]
    column = {
        "thumbnailImageUrl": "https://example.com/card.jpg",
        "title": words["card"],
        "text": words["card_text"],
        "actions": [{"type": "uri", "label": words["button"], "uri": "https://example.com/menu"}],
    }
    return {
        "type": "template",
        "altText": words["card"],
        "template": {"type": "carousel", "columns": [column] * cards},
    }


def coupon() -> dict[str, Any]:
    """A coupon, known to LINE by its number."""
    return {"type": "coupon", "couponId": "01JXX"}


def whole_chat(language: str, *, device: str = "iphone", dark: bool = False, zoom: int = 100) -> Chat:
    """A chat with one of each kind of message."""
    words = WORDS[language]
    return Chat(
        messages=(
            text(words["hello"]),
            imagemap(),
            carousel(language),
            coupon(),
            {
                "type": "video",
                "originalContentUrl": "https://example.com/v.mp4",
                "previewImageUrl": "https://example.com/v.jpg",
            },
        ),
        account=words["account"],
        pictures=picture,
        coupons=lambda number: CouponFace(words["coupon"], words["until"]),
        replies=(words["reply"],),
        look=Look(DEVICES[device], dark, zoom, language),
    )

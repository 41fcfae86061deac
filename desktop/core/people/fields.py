"""The fields a query can ask: their names, what they hold, and the words they answer to. The English name is what saved
queries keep; the words of the other languages are accepted everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from desktop.core.people.search_text import fold


class FieldKind(StrEnum):
    """What a field holds, and so what the colon means.

    TEXT: part of the text. CATEGORY: the value, else part of it. KEY: the whole value. TAG: the tag's name. PHONE: the
    number or a piece of it in any writing. NUMBER, DATE, BIRTHDAY, MONTH: equal, compared or in a range. YES_NO,
    YES_NO_UNKNOWN, GENDER, CHOICE: one of a few words. AUDIENCE: a saved audience's name. IMPORT: a file's name, else part of it,
    or the number of a step.
    """

    TEXT = "text"
    CATEGORY = "category"
    KEY = "key"
    TAG = "tag"
    PHONE = "phone"
    NUMBER = "number"
    DATE = "date"
    BIRTHDAY = "birthday"
    MONTH = "month"
    YES_NO = "yes_no"
    YES_NO_UNKNOWN = "yes_no_unknown"
    GENDER = "gender"
    CHOICE = "choice"
    AUDIENCE = "audience"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the query language; ``words`` are the further names it answers to."""

    name: str
    kind: FieldKind
    words: tuple[str, ...] = ()


FIELDS: dict[str, Field] = {
    name: Field(name, kind, tuple(words.split()))
    for name, kind, words in (
        ("id", FieldKind.NUMBER, "編號 番号"),
        ("member_no", FieldKind.KEY, "member_number 會員編號 會員號 卡號 会員番号"),
        ("name", FieldKind.TEXT, "姓名 名字 氏名 名前"),
        ("line_name", FieldKind.TEXT, "LINE名稱 LINE_名稱 LINE暱稱 LINE表示名 LINE_表示名"),
        ("phone", FieldKind.PHONE, "手機 電話 電話號碼 電話番号"),
        ("email", FieldKind.TEXT, "信箱 電子信箱 電子郵件 e-mail mail メール メールアドレス"),
        ("line_user_id", FieldKind.KEY, "uid line_uid user_id LINE用戶ID LINEユーザーID"),
        ("gender", FieldKind.GENDER, "sex 性別"),
        ("birthday", FieldKind.BIRTHDAY, "生日 誕生日 生年月日"),
        ("birthday_month", FieldKind.MONTH, "生日月份 生日月 誕生月"),
        ("level", FieldKind.CATEGORY, "等級 會員等級 ランク 会員ランク"),
        ("store", FieldKind.CATEGORY, "門市 分店 店舗 店"),
        ("source", FieldKind.CATEGORY, "來源 流入元"),
        ("points", FieldKind.NUMBER, "點數 ポイント"),
        ("consent", FieldKind.YES_NO_UNKNOWN, "同意 同意行銷 同意接收 配信同意"),
        ("blocked", FieldKind.YES_NO_UNKNOWN, "封鎖 ブロック"),
        ("do_not_send", FieldKind.YES_NO, "不發訊息 送信しない"),
        ("friend", FieldKind.YES_NO, "好友 友だち"),
        ("shop_member", FieldKind.YES_NO, "店家會員 店舗会員"),
        ("bound", FieldKind.YES_NO, "linked 已綁定 綁定 連携 連携済み"),
        ("reachable", FieldKind.YES_NO_UNKNOWN, "可發送 送信可能"),
        ("uploadable", FieldKind.YES_NO, "可上傳 アップロード可能"),
        ("friend_at", FieldKind.DATE, "friend_since 加好友日 好友日 加入好友日 友だち追加日"),
        ("joined_at", FieldKind.DATE, "member_since 入會日 加入日 入会日"),
        ("bound_at", FieldKind.DATE, "bound_since linked_since 綁定日 連携日"),
        ("note", FieldKind.TEXT, "備註 メモ 備考"),
        ("tag", FieldKind.TAG, "tags 標籤 タグ"),
        ("tag_count", FieldKind.NUMBER, "number_of_tags 標籤數 タグ数"),
        ("orders", FieldKind.NUMBER, "訂單數 購買次數 注文数 購入回数"),
        ("order_days", FieldKind.NUMBER, "購買天數 購入日数"),
        ("total", FieldKind.NUMBER, "total_spent 累積消費 消費金額 累計消費 購入金額 累計購入額"),
        ("first_order", FieldKind.DATE, "首購日 首次購買 初回購入日"),
        (
            "last_order",
            FieldKind.DATE,
            "最近消費 最近消費日 最後消費日 最後購買 最近購買 最後購買日 最終購入日",
        ),
        ("ordered_at", FieldKind.DATE, "ordered_on 購買日 購買日期 購入日"),
        ("item", FieldKind.TEXT, "item_bought 品項 商品 買過 購入商品"),
        ("order_store", FieldKind.CATEGORY, "store_of_an_order 購買門市 消費門市 購入店舗"),
        ("bound_order_days", FieldKind.NUMBER, "order_days_since_linked 綁定後購買天數 連携後の購入日数"),
        ("nasl", FieldKind.CHOICE, "customer_class 客群 顧客層"),
        ("audience", FieldKind.AUDIENCE, "受眾 受眾包 オーディエンス"),
        ("import", FieldKind.IMPORT, "imported 匯入 インポート 取り込み"),
    )
}
"""All fields, in the order in which a list of filters shows them."""

OF_A_PERIOD = ("orders", "order_days", "total", "item", "order_store")
"""Fields of orders that can be asked for a period only: ``orders@90d:>=2``."""


def _word(text: str) -> str:
    return fold(text).strip().replace("-", "_").replace(" ", "_")


_BY_WORD = {_word(word): field for field in FIELDS.values() for word in (field.name, *field.words)}


def find_field(word: str) -> Field | None:
    """The field that answers to ``word``; width, case, ``-`` and ``_`` do not matter."""
    return _BY_WORD.get(_word(word))


def find_column(word: str, columns: Iterable[str]) -> str | None:
    """The extra column that ``word`` names: as written, else apart from width and case."""
    known = list(columns)
    if word in known:
        return word
    wanted = fold(word).strip()
    return next((column for column in known if fold(column).strip() == wanted), None)


def all_words(columns: Iterable[str] = ()) -> list[str]:
    """Every word that can stand before a colon, English names first."""
    return [*FIELDS, *(word for field in FIELDS.values() for word in field.words), *columns]


def nearest_word(word: str, words: Iterable[str]) -> str | None:
    """The most similar of ``words``, or None if none shares a character with ``word`` in order."""
    wanted = _word(word)
    best, best_likeness = None, 0.0
    for candidate in words:
        likeness = SequenceMatcher(None, wanted, _word(candidate), autojunk=False).ratio()
        if likeness > best_likeness:
            best, best_likeness = candidate, likeness
    return best

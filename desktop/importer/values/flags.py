"""Yes and no, gender, and the state of an order, in the words exports use for them."""

from __future__ import annotations

import re

from desktop.importer.values.outcome import BLANK, EMPTY_WORD, Outcome, unusable
from desktop.importer.values.text import is_empty_word, squash, tidy

YES = frozenset(
    "y yes true t 1 on v 是 有 對 真 ○ ● ◯ o ✓ ✔ ☑ √ 已 同意 願意 接受 可 可以 要 好 開 開啟 啟用 已綁定 綁定 "
    "已加入 已訂閱 訂閱 已同意 "
    "已接受 已開啟 已啟用 已封鎖 封鎖 已完成 勾選 はい 有り あり 同意する 希望する 受け取る "
    "登録済み 登録済 連携済み ブロック ブロック中 "
    "許可 許可する 承諾 希望 購読中 配信中 有効 済 済み 利用可 "
    "subscribed agree agreed accept accepted allow allowed enabled active opted_in opt-in optin blocked bound linked".split()
)
"""Words for yes (NFKC, case folded, without spaces)."""

NO = frozenset(
    "n no false f 0 off x × ✕ ✗ ✘ ☒ 否 無 沒有 沒 不 不是 非 未 不同意 不願意 不接受 拒絕 不可 "
    "不要 關 關閉 停用 未綁定 未加入 未訂閱 "
    "取消訂閱 已取消 退訂 已退訂 未同意 未接受 未開啟 未啟用 未封鎖 正常 好友 解除封鎖 未完成 "
    "いいえ なし 無し 同意しない 希望しない "
    "受け取らない 未登録 未連携 拒否 許可しない 希望しません 不要 配信停止 停止 無効 利用停止 未ブロック "
    "unsubscribed not_subscribed notsubscribed disagree declined refuse refused disabled inactive "
    "denied deny never opted_out opt-out optout unblocked notblocked normal friend following unbound unlinked".split()
)
"""Words for no."""

_YES_START = re.compile(r"(?:同意|願意|接受|是[,，。、(（ ]|好[,，。]|yes[,. ]|i agree|我同意|我願意|はい)")
_NO_START = re.compile(
    r"(?:不同意|不願意|不接受|我不|否[,，。、(（ ]|不要|no[,. ]|i do not|i don't|いいえ|暫不|不需要)"
)
_NEGATED = re.compile(r"(?:未|不|非|沒有?|尚未|無|没有?|not|non|un|no)[-_]?(?P<rest>.{2,})")
"""A word for yes with a no before it: 未購読, 尚未封鎖, not subscribed."""
BOTH_LANGUAGES = re.compile(r"[/／|()（）]")
UNDECIDED = frozenset("pending unknown invalid 待確認 未確認 未知 未設定 未選擇 不確定 -".split())

_GENDERS = {
    "male": "男 男性 男生 m male man boy 先生 mr mr. 1 帥哥 ♂ おとこ 男士",
    "female": "女 女性 女生 f female woman girl 小姐 女士 太太 ms ms. mrs mrs. miss 2 美女 ♀ おんな",
    "other": "其他 其它 第三性 多元 非二元 非二元性別 跨性別 other others x nonbinary non-binary diverse その他",
}
_GENDER = {word: gender for gender, words in _GENDERS.items() for word in words.split()}
_GENDER_UNKNOWN = frozenset(
    "0 9 不公開 不透露 不願透露 保密 秘密 不方便透露 不提供 不指定 未指定 不限 "
    "u 回答しない 無回答 prefernottosay notspecified".split()
)


def word_key(text: str) -> str:
    """A word as it is compared: NFKC, case folded, without spaces."""
    return re.sub(r"\s+", "", squash(text).casefold())


def read_yes_no(text: str) -> Outcome:
    """True, False or None for unknown. A blank is unknown, never no."""
    clean = tidy(text)[0]
    if not clean:
        return BLANK
    key = word_key(clean)
    if key.endswith(".0"):
        key = key[:-2]
    if key in YES:
        return Outcome(True)
    if key in NO:
        return Outcome(False)
    if key in UNDECIDED or is_empty_word(clean):
        return EMPTY_WORD
    return _worded_yes_no(key, squash(clean).casefold())


def _worded_yes_no(key: str, lowered: str) -> Outcome:
    """Yes and no in other words than the usual ones: negated, in two languages, or as the beginning of a sentence."""
    negated = _NEGATED.fullmatch(key)
    if negated and negated["rest"] in YES:
        return Outcome(False)
    parts = [part for part in BOTH_LANGUAGES.split(key) if part]
    if len(parts) > 1 and (all(part in YES for part in parts) or all(part in NO for part in parts)):
        return Outcome(parts[0] in YES)
    if _NO_START.match(lowered):
        return Outcome(False)
    if _YES_START.match(lowered):
        return Outcome(True)
    return unusable("not_yes_or_no")


def read_gender(text: str) -> Outcome:
    """``male``, ``female``, ``other``; None where it is not told. 1 and 2 as in ISO 5218."""
    clean = tidy(text)[0]
    if not clean:
        return BLANK
    key = word_key(clean)
    if key.endswith(".0"):
        key = key[:-2]
    for word in (key, re.sub(r"[(（/].*", "", key), re.sub(r"[^a-z]", "", key)):
        if word in _GENDER:
            return Outcome(_GENDER[word])
    if key in _GENDER_UNKNOWN or is_empty_word(clean):
        return EMPTY_WORD
    return unusable("not_a_gender")


_CANCELLED = re.compile(
    r"取消|未到(?!貨|期|帳|付|款|站|齊|件)|爽約|失約|未赴約|放鳥|候補|後補名單|キャンセル待ち|不参加|欠席|no[\s_-]*show|did[\s_-]*not[\s_-]*(?:attend|show)|wait[\s_-]*list|作廢|作废|退單|棄單|刪除|删除|失敗|失败|逾期未付|不成立|無效|交易關閉|cancel|void|abandon|fail|expired|declined|rejected|"
    r"reversed|chargeback|deleted|trash|キャンセル|取り消し|取消し|無効|破棄|削除",
    re.IGNORECASE,
)
_REFUNDED = re.compile(
    r"退款|退貨|退货|退费|退費|退刷|退回|銷退|全額退|refund|returned|charged[\s_-]?back|返金|返品|払戻|払い戻し",
    re.IGNORECASE,
)
_NOT_WHOLLY = re.compile(
    r"部[分份]|partial|一部|未退|無退|待退|可退|申請|[處処处]理中|審核|拒絕|不可|未取消|可取消|[款貨]中$|待ち|受付|request|pending|"
    r"(?:退款|退貨|取消|返金|refund|cancel(?:l?ation)?)[\s_-]*(?:失敗|失败|fail)|(?:not|no|non|never|un)[\s_-]*(?:cancel|refund|return|void)|refundable|cancellable",
    re.IGNORECASE,
)
"""A part of it, not at all, or not yet: the order counts."""
_WAITING_LIST = re.compile(r"キャンセル待ち|候補|wait[\s_-]*list", re.IGNORECASE)


def order_counts(status: str | None) -> bool:
    """Whether an order in this state counts as an order: not if it was cancelled or fully refunded (SEMANTICS, Figures).

    A partial refund, a request still open, and every state without a word for either count.
    """
    if not status:
        return True
    if _NOT_WHOLLY.search(status) and not _WAITING_LIST.search(status):
        return True
    return not (_CANCELLED.search(status) or _REFUNDED.search(status))

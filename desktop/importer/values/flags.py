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
    "subscribed agree agreed accept accepted enabled active opted_in opt-in optin blocked bound linked".split()
)
"""Words for yes (NFKC, case folded, without spaces)."""

NO = frozenset(
    "n no false f 0 off x × ✕ ✗ ✘ ☒ 否 無 沒有 沒 不 不是 非 未 不同意 不願意 不接受 拒絕 不可 "
    "不要 關 關閉 停用 未綁定 未加入 未訂閱 "
    "取消訂閱 已取消 退訂 已退訂 未同意 未接受 未開啟 未啟用 未封鎖 正常 好友 解除封鎖 未完成 "
    "いいえ なし 無し 同意しない 希望しない "
    "受け取らない 未登録 未連携 unsubscribed not_subscribed notsubscribed disagree declined refuse refused disabled inactive "
    "opted_out opt-out optout unblocked notblocked normal friend following unbound unlinked".split()
)
"""Words for no."""

_YES_START = re.compile(r"(?:同意|願意|接受|是[,，。、(（ ]|好[,，。]|yes[,. ]|i agree|我同意|我願意|はい)")
_NO_START = re.compile(
    r"(?:不同意|不願意|不接受|我不|否[,，。、(（ ]|不要|no[,. ]|i do not|i don't|いいえ|暫不|不需要)"
)
_UNDECIDED = frozenset("pending unknown invalid 待確認 未確認 未知 未設定 未選擇 不確定 -".split())

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


def _key(text: str) -> str:
    return re.sub(r"\s+", "", squash(text).casefold())


def read_yes_no(text: str) -> Outcome:
    """True, False or None for unknown. A blank is unknown, never no."""
    clean = tidy(text)[0]
    if not clean:
        return BLANK
    key = _key(clean)
    if key.endswith(".0"):
        key = key[:-2]
    if key in YES:
        return Outcome(True)
    if key in NO:
        return Outcome(False)
    if key in _UNDECIDED or is_empty_word(clean):
        return EMPTY_WORD
    lowered = squash(clean).casefold()
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
    key = _key(clean)
    if key.endswith(".0"):
        key = key[:-2]
    for word in (key, re.sub(r"[(（/].*", "", key), re.sub(r"[^a-z]", "", key)):
        if word in _GENDER:
            return Outcome(_GENDER[word])
    if key in _GENDER_UNKNOWN or is_empty_word(clean):
        return EMPTY_WORD
    return unusable("not_a_gender")


_CANCELLED = re.compile(
    r"取消|作廢|退單|棄單|已刪除|刪除|失敗|逾期未付|cancel|void|abandon|failed|expired|キャンセル|取り消し|無効",
    re.IGNORECASE,
)
_REFUNDED = re.compile(r"退款|退貨|全額退|refund|returned|返金|返品", re.IGNORECASE)
_NOT_WHOLLY = re.compile(
    r"部分|partial|一部|未退|無退|待退|申請|處理中|request|審核|拒絕|不可|not refunded|no refund|未取消",
    re.IGNORECASE,
)


def order_counts(status: str | None) -> bool:
    """Whether an order in this state counts as an order: not if it was cancelled or fully refunded (SEMANTICS, Figures).

    A partial refund, a request still open, and every state without a word for either count.
    """
    if not status:
        return True
    if _NOT_WHOLLY.search(status):
        return True
    return not (_CANCELLED.search(status) or _REFUNDED.search(status))

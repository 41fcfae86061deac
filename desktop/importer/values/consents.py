"""What an answer says of being written to: consent, refusal, "do not send", blocked. An answer in plain yes and no means what
its column asks; one in words (要, 拒收, unsubscribed, following) means what it says, whatever the column is called."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop.importer.values.flags import BOTH_LANGUAGES, UNDECIDED, word_key
from desktop.importer.values.outcome import BLANK, EMPTY_WORD, Outcome, unusable
from desktop.importer.values.text import is_empty_word, tidy

_YES = frozenset(
    "y yes true t 1 on v 是 是的 有 對 真 ○ ● ◯ o ✓ ✔ ☑ √ 已 ok 勾選 はい 有り あり 済 済み する".split()
)
_NO = frozenset("n no false f 0 off x × ✕ ✗ ✘ ☒ 否 無 沒有 沒 不 不是 非 未 いいえ なし 無し しない".split())
_YES_FIRST = re.compile(r"(?:是|有|好|對|yes|y|はい)[,，、。.!:：(（-]")
_NO_FIRST = re.compile(r"(?:否|no|n|いいえ)[,，、。.!:：(（-]")
_REFUSES = re.compile(
    r"不|拒|勿|謝絕|取消|退訂|停|未|無効|解除|免打擾|關|なし|らない|しない|ません|いらない|"
    r"un(?=sub|reg|con|opt)|opt(?:ed)?[-_]?out|not|n't|never|^no(?=[-_]|consent|contact|e?mail|sms|marketing|promo|thank)|declin|refus|den[iy]|disabl|inactive|withdr|stop|remov|reject|disagree"
)
"""A no inside an answer in words; two of them are nobody's clear will."""
_AGREES = re.compile(
    r"同意|願|接受|接收|收到|^收$|訂閱|^要|需要|^想|希望|^可|^好|允許|許可|承諾|^開|啟用|購読|配信中|受け取|受信|有効|利用可|登録済|"
    r"subscri|opt(?:ed)?[-_]?in|agree|accept|allow|consent|grant|enabled|active|confirmed"
)
_ANY_TIME = re.compile(
    r"(?:可|得)?隨時[^,，。()（）]*|いつでも[^、。]*|(?:un\w+|withdraw|cancel)(?:at)?any-?time"
)
"""That a consent can be taken back is no refusal."""
_BLOCKS = re.compile(r"封鎖|封锁|block|ブロック")
_LEAVES = re.compile(
    r"unfollow|unfriend|取消追蹤|退追|退出|退好友|(?:已|被)?刪除|解除好友|友だち解除|離脱|leave|left|退会"
)
_FRIENDS = re.compile(
    r"好友|friend|follow|追蹤|友だち|友達|正常|normal|active|^ok$|加入|有効|通常|一般|なし|在籍|registered"
)
_NEGATES = re.compile(r"未|不|非|沒|無|解除|取消|un|not|non|no(?=[-_])|なし|ない|inactive")


def _said(text: str) -> str:
    """``yes``, ``no``, ``agrees``, ``refuses``, ``unclear`` (two negations), ``unknown``, or "" where it is no answer."""
    clean = tidy(text)[0]
    key = word_key(clean).removesuffix(".0")
    if key in _YES:
        return "yes"
    if key in _NO:
        return "no"
    if key in UNDECIDED or is_empty_word(clean):
        return "unknown"
    parts = [part for part in BOTH_LANGUAGES.split(key) if part]
    if len(parts) > 1:
        if _YES.issuperset(parts):
            return "yes"
        if _NO.issuperset(parts):
            return "no"
        told = {_said(part) for part in parts}
        if len(told) == 1:
            return told.pop()
    refusals = len(_REFUSES.findall(_ANY_TIME.sub("", key)))
    if refusals:
        return "unclear" if refusals > 1 and not _NO_FIRST.match(key) else "refuses"
    if _NO_FIRST.match(key):
        return "refuses"
    if _AGREES.search(key) or _YES_FIRST.match(key):
        return "agrees"
    return ""


def _reader(meanings: dict[str, bool | None]) -> Callable[[str], Outcome]:
    """A reader that gives each kind of answer its meaning; None: it says nothing."""

    def read(text: str) -> Outcome:
        if not tidy(text)[0]:
            return BLANK
        said = _said(text)
        if said == "unknown":
            return EMPTY_WORD
        if said not in meanings:
            return unusable("not_yes_or_no")
        meaning = meanings[said]
        return BLANK if meaning is None else Outcome(meaning)

    return read


read_consent = _reader({"yes": True, "agrees": True, "no": False, "refuses": False})
"""The answer to "may we write to you?"; a refusal in words is one in every column."""

read_refusal = _reader({"yes": False, "refuses": False, "no": None, "agrees": None, "unclear": None})
"""The consent that an answer to "do you refuse?" means: yes is a refusal; a no is not yet consent and says nothing."""

_stop = _reader({"yes": True, "refuses": True, "no": False, "agrees": False})


def read_stop(text: str) -> Outcome:
    """Whether "do not send" is meant; 要 under 勿擾 wants to be left alone."""
    return Outcome(True) if word_key(text) in ("要", "需要", "希望する") else _stop(text)


_CROSSES = frozenset("x × ✕ ✗ ✘ ☒".split())


def is_cross(text: str) -> bool:
    """Whether a cell is a cross: a no among other answers, a tick alone."""
    return word_key(text) in _CROSSES


def read_ticked_refusal(text: str) -> Outcome:
    """As :func:`read_refusal`, where a cross is a tick."""
    return Outcome(False) if is_cross(text) else read_refusal(text)


def read_ticked_stop(text: str) -> Outcome:
    """As :func:`read_stop`, where a cross is a tick."""
    return Outcome(True) if is_cross(text) else read_stop(text)


def read_blocked(text: str) -> Outcome:
    """Whether a friend's state is that she blocked the account or left it; one who may never have been a friend (未加好友,
    非好友) did neither."""
    clean = tidy(text)[0]
    if not clean:
        return BLANK
    key = word_key(clean).removesuffix(".0")
    said = _said(text)
    if said in ("yes", "no"):
        return Outcome(said == "yes")
    if _LEAVES.search(key):
        return Outcome(True)
    if _BLOCKS.search(key):
        return Outcome(not _NEGATES.search(_BLOCKS.sub("", key)))
    if _FRIENDS.search(key):
        return BLANK if _NEGATES.search(key) else Outcome(False)
    return EMPTY_WORD if said == "unknown" else unusable("not_yes_or_no")


def names_a_block(text: str) -> bool:
    """Whether a state is one of blocks: 已封鎖, not blocked, unfollowed."""
    key = word_key(text)
    return bool(_BLOCKS.search(key) or _LEAVES.search(key))


def is_plain_answer(text: str) -> bool:
    """Whether an answer is a bare yes or no, whose sense only the question gives."""
    return _said(text) in ("yes", "no")

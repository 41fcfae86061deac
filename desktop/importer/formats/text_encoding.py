"""In which encoding a text file is written: byte order mark, then strict UTF-8 over the whole file, then the candidate whose
reading makes most sense. Nothing is ever dropped: a byte that cannot be read becomes U+FFFD, and its cell a problem."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.importer.formats.problems import refused

CANDIDATES = ("cp950", "cp932", "gb18030", "big5hkscs", "euc_jp", "cp949", "cp1252")
"""Encodings tried where a file is neither UTF-8 nor UTF-16, in the order that breaks a tie."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_SAMPLE = 200_000
_FEW = 20
_SENSE = 0.25
"""Score of a reading below which the bytes are no text: random bytes stay below 0.2, everyday text above 0.5."""

_HEADER_WORDS = (
    "姓名 手機 電話 會員 編號 性別 生日 標籤 電郵 信箱 地址 日期 訂單 商品 金額 數量 等級 級別 "
    "點數 備註 來源 門市 註冊 消費 顧客 狀態 "
    "傳送者 時間 合計 總計 名前 氏名 電話番号 会員 番号 誕生日 住所 注文 商品名 日付 登録 タグ メール ポイント 店舗 "
    "手机 电话 会员 编号 性别 订单 数量 等级 标签 邮箱 备注 积分 注册 이름 전화 회원 주문 생년월일 이메일"
).split()


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What one pass over a file's bytes tells.

    Args:
        head: the first bytes.
        high: whole lines that hold bytes above 127, up to a sample's size.
        size: bytes.
        sha256: of all bytes, hex.
        utf8: all of it is valid UTF-8.
    """

    head: bytes
    high: bytes
    size: int
    sha256: str
    utf8: bool


def survey(opener: Callable[[], BinaryIO], job: JobContext = QUIET) -> TextFacts:
    """Read a file once: its hash, whether it is UTF-8, and a sample of lines that are not plain ASCII."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    head, high, rest, size, utf8 = b"", bytearray(), b"", 0, True
    with opener() as stream:
        while chunk := stream.read(_CHUNK):
            job.raise_if_cancelled()
            digest.update(chunk)
            head = head or chunk[:_SAMPLE]
            size += len(chunk)
            if utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    utf8 = False
            if len(high) < _SAMPLE and not (rest + chunk).isascii():
                lines = (rest + chunk).splitlines(keepends=True)
                rest = lines.pop() if len(lines[-1]) < _CHUNK else b""
                high += b"".join(line for line in lines if not line.isascii())[: _SAMPLE * 2]
            else:
                rest = b""
    high += rest if not rest.isascii() else b""
    if utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            utf8 = False
    return TextFacts(head, bytes(high), size, digest.hexdigest(), utf8)


def decide_encoding(facts: TextFacts, chosen: str | None = None) -> str:
    """The encoding as a Python codec name.

    Args:
        facts: from :func:`survey`.
        chosen: the owner's choice, which is taken as it is.

    Raises:
        UserError: the chosen name is no encoding, or the bytes are no text at all.
    """
    if chosen:
        return _checked(chosen, facts)
    for mark, encoding in _MARKS:
        if facts.head.startswith(mark):
            return encoding
    if facts.utf8 and b"\0" not in facts.head[:4_000]:
        return "utf-8"
    wide = _without_mark(facts.head)
    if wide:
        return wide
    if facts.utf8:
        return "utf-8"
    scores = {encoding: reading_score(facts.high, encoding) for encoding in ("utf-8", *CANDIDATES)}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < _SENSE:
        raise refused("not_a_table")
    return best


_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)


def page_encoding(facts: TextFacts, chosen: str | None) -> str:
    """The encoding of an HTML page: the owner's word, else what its bytes prove, else what it says of itself.

    Raises:
        UserError: as :func:`decide_encoding`.
    """
    encoding = decide_encoding(facts, chosen)
    stated = _CHARSET.search(facts.head[:5_000])
    if stated and not chosen and not encoding.startswith("utf"):
        with suppress(UserError):
            return decide_encoding(facts, stated[1].decode("ascii"))
    return encoding


def _checked(chosen: str, facts: TextFacts) -> str:
    try:
        name = codecs.lookup(chosen).name
        if name == "big5":
            name = "cp950"  # Windows' Big5, which holds 碁銹裏墻恒粧嫺 as well
        elif name == "shift_jis":
            name = "cp932"
        elif name in ("gb2312", "gbk"):
            name = "gb18030"
        elif name == "utf-8" and facts.head.startswith(codecs.BOM_UTF8):
            name = "utf-8-sig"
        elif name.startswith("utf-16") and facts.head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            name = "utf-16"
        facts.head[:10].decode(name, "replace")
    except (LookupError, ValueError, TypeError) as error:
        raise refused("unknown_encoding", encoding=chosen) from error
    return name


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of its ASCII characters is NUL."""
    sample = head[:4_000]
    if len(sample) < 4 or sample.count(0) < len(sample) * 0.1:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 8 * odd else None


def reading_score(sample: bytes, encoding: str) -> float:
    """How much sense a reading makes: near 1 for the frequent characters of its script, header words on top, below 0 if
    more than one character in twenty cannot be read."""
    text = sample.decode(encoding, "replace")
    chars = [char for char in text if ord(char) > 127]
    if not chars:
        return 0.0
    broken = text.count("\ufffd") + sum(text.count(chr(code)) for code in range(1, 9))
    score = sum(_frequency(char, encoding) for char in chars) / len(chars)
    words = sum(word in text for word in _HEADER_WORDS)
    broken_share = broken / max(len(chars), _FEW)
    return (
        score
        + 0.5 * min(words, 4)
        - 4 * broken_share
        - (2 if broken_share > 0.05 and encoding != "utf-8" else 0)
    )


@lru_cache(maxsize=30_000)
def _frequency(char: str, encoding: str) -> float:
    """1 for a character of everyday text in the encoding's language, down to -1 for one nobody writes."""
    code = ord(char)
    if char == "\ufffd" or 0xE000 <= code <= 0xF8FF or code in range(0x80, 0xA0):
        return -1.0
    if encoding == "cp1252":
        return 0.5 if char.isalpha() and code < 0x250 else -0.5
    if 0xFF61 <= code <= 0xFF9F:
        return 0.1  # half-width kana: what Big5 looks like when read as Shift-JIS
    if 0x3000 <= code <= 0x30FF or 0xFF01 <= code <= 0xFF5E or code in (0x2026, 0x25CB, 0xD7, 0xB7):
        return 0.9
    if encoding == "utf-8":
        return 1.0
    return 1.0 if _in_first_level(char, encoding) else 0.2


_FIRST_LEVEL = {
    "cp950": ((0xA4, 0xC6),),
    "big5hkscs": ((0xA4, 0xC6),),
    "gb18030": ((0xB0, 0xD7),),
    "cp932": ((0x88, 0x98),),
    "euc_jp": ((0xB0, 0xCF),),
    "cp949": ((0xB0, 0xC8),),
}


def _in_first_level(char: str, encoding: str) -> bool:
    """Each of the East Asian sets puts its frequent characters first, in a block of lead bytes of their own."""
    try:
        encoded = char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and any(low <= encoded[0] <= high for low, high in _FIRST_LEVEL[encoding])

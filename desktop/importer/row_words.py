"""What a row says of itself by its words: a total, a sample, a note under the table; and which cells hold values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.importer.values.date_shapes import Shape, take_apart
from desktop.importer.values.identifiers import EMAIL, read_user_id
from desktop.importer.values.text import squash

_NUMBER = re.compile(r"[-+(]?(?:NT\$|\$|¥)?\s*\d[\d,.]*\s*[)%元]?", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\+?[\d\s()-]{7,}")


def is_value(text: str) -> bool:
    """Whether a cell holds a value rather than a name: a number, a date, a phone, an address, a user ID."""
    if not text or len(text) > 60:
        return False
    plain = squash(text)
    if plain[:1].isdigit() or plain[:1] in "+-($¥NnＮ民":
        if _NUMBER.fullmatch(plain) or _LONG_NUMBER.fullmatch(plain):
            return True
        written = take_apart(plain)
        if written is not None and written.shape is not Shape.INCOMPLETE:
            return True
    if "@" in plain:
        return bool(EMAIL.fullmatch(plain.lower()))
    return len(plain) >= 30 and read_user_id(plain).value is not None


_TOTAL = re.compile(
    r"[*＊【\[(（#-]*\s*(?:本頁|本期|本月|全部|銷售|訂單|會員|以上)?\s*(?:(?:合|總|小|共|累|统|統)\s*(?:計|计)|計(?![^\s:：])|平均|總和|總共|加總|總數|总计|"
    r"(?:sub|grand)?[\s-]*totals?|sum|合算|総計|総合計)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_COUNTED = re.compile(
    r"(?:總|全)?(?:共|total)\s*[:：]?\s*(?:計|有)?\s*[\d,]+\s*(?:筆|人|位|項|件|名|張|個|records?|rows?).*"
    r"|(?:資料|會員|訂單|總|全部){0,2}(?:筆數|人數|件數)\s*[:：]?\s*[\d,]*\s*[筆人位件]?",
    re.IGNORECASE,
)
SAMPLE = re.compile(
    r"[(（【\[<]?\s*(?:範例|範本|示例|例如|填寫範例|範列|sample|example|e\.g\.?|記入例|入力例|サンプル|例)\s*[\d一二三]?(?:[)）】\]>]|[:：]).*",
    re.IGNORECASE | re.DOTALL,
)
NOTE = re.compile(
    r"(?:[\[【(（<＜]\s*)?(?:[※＊*]|備註[:：]|註[:：]|附註[:：]|說明[:：]|注意[:：]|製表|列印|匯出|產出|資料來源|頁次|第\s*\d+\s*頁|page\s*\d+|以上|以下空白|-{3,}|={3,}|printed|exported|generated|report"
    r"|印表|印製|承辦人|經手人|核准|審核|覆核|下載(?:日期|時間|者)"
    r"|產生(?:日期|時間)|資料(?:日期|時間|截止|期間|結束)|截至|以下無資料|end of).*",
    re.IGNORECASE | re.DOTALL,
)
INSTRUCTION = frozenset(
    "必填 選填 必填欄位 選填欄位 required optional 文字 數字 日期 格式 必須 任意 必要 非必填".split()
)


def is_total(cells: Sequence[str]) -> bool:
    """A row that begins with a word for "total" and otherwise holds little but numbers."""
    found = _TOTAL.fullmatch(cells[0]) if cells else None
    if found:
        rest = found["rest"].strip(" 　:：)）】]*＊-")
        worded = rest and not re.match(r"[\d(（,$N金額筆人數計]", rest)
        others = [cell for cell in cells[1:] if not is_value(cell) or EMAIL.fullmatch(cell.lower())]
        return not worded and len(others) <= 1
    return bool(cells) and len(cells) <= 2 and bool(_COUNTED.fullmatch(cells[0]))

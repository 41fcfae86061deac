"""What is still to be replaced in a text: the program's own 〔…〕 and «…», and how people leave a gap, as ○○ or XX."""

from __future__ import annotations

import re

_GAPS = re.compile(
    # The program's own, « » in English; hardly anybody writes these brackets otherwise.
    r"〔[^〔〕\n]{1,60}〕|«[^«»\n]{1,60}»"
    r"|[○◯〇]{2,}|(?<![A-Za-z])(?:X{2,}|x{3,}|O{2,})(?![A-Za-z])|[Ｘ]{2,}|[＿_]{3,}"
    r"|\{[^{}\n]{1,20}\}|\[(?:店名|網址|日期|電話|地址|優惠|時間|姓名|名稱|URL|url|link|shop|name|date)[^\]\n]{0,12}\]"
    r"|(?:https?://)?(?:www\.)?example\.(?:com|org|net)[^\s〔〕]*"
)


def placeholders(text: str) -> list[tuple[int, int]]:
    """Where something is still to be replaced: begin and end of each gap."""
    return [match.span() for match in _GAPS.finditer(text)]

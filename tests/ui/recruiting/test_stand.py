"""Stands: the code can be read from what is drawn, words stay on the paper, a page for each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from pytestqt.qtbot import QtBot

from desktop.exporter.qr_code import QUIET, fields
from desktop.ui import i18n
from desktop.ui.recruiting.stand import (
    _CENTRE,
    PAPERS,
    Stand,
    _fitting,
    _in_one_line,
    code_picture,
    pdf,
    picture,
)
from tests.ui.approved.compare import Approved

STAND = Stand(
    shop="日日咖啡",
    branch="中山店",
    headline="加入 LINE 好友",
    offer="新好友立即享買一送一",
    small_print="每人限用一次，不與其他優惠併用",
    link="https://lin.ee/abcd123",
    account_id="@daydaycoffee",
    colour=QColor("#0a8f55"),
)
LONG = replace(
    STAND,
    shop="日日咖啡烘豆所暨手沖教室台北中山旗艦門市",
    headline="Join us on LINE and never again miss a fresh roast, a new dessert or a quiet seat",
    offer="加入好友並完成會員綁定，當日消費滿三百元即贈招牌手沖咖啡一杯與隨機口味小蛋糕一份",
    small_print="每人限用一次，不得與其他優惠併用；" * 5,
    branch="中山捷運站二號出口地下街店",
)


def read_back(image: QImage, link: str) -> bool:
    """Whether the middle of every field has the colour it must have."""
    rows = fields(link)
    side = image.width() / (len(rows) + 2 * QUIET)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            at = (int((across + QUIET + 0.5) * side), int((down + QUIET + 0.5) * side))
            if (image.pixelColor(*at).lightness() < 128) is not dark:
                return False
    return True


@pytest.mark.parametrize("link", ["https://lin.ee/a", "https://line.me/R/ti/p/%40" + "x" * 300])
def test_the_code_can_be_read_from_its_picture(link: str) -> None:
    image = code_picture(link, 1_000)
    assert image.width() == image.height() <= 1_000
    assert read_back(image, link)


def test_the_code_can_be_read_from_the_stand() -> None:
    image = picture(STAND, 1_485)
    panel = image.copy(223, 338, 604, 604)
    assert read_back(panel, STAND.link)


def test_around_the_code_is_quiet() -> None:
    image = code_picture(STAND.link, 600)
    quiet = QUIET * image.width() // (len(fields(STAND.link)) + 2 * QUIET)
    edge = [image.pixelColor(x, y) for x in range(quiet) for y in range(image.height())]
    assert set(map(QColor.name, edge)) == {"#ffffff"}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_page_for_each_stand(paper: str) -> None:
    made = pdf([STAND, LONG, STAND], paper)
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") == 3


@pytest.mark.parametrize("language", ["zh_TW", "en", "ja"])
def test_looks_as_approved(language: str, approved: Approved) -> None:
    i18n.use(language)
    approved(picture(STAND, 500), f"recruiting/stand.{language}")
    approved(picture(LONG, 500), f"recruiting/stand_long.{language}")


@pytest.mark.parametrize(
    ("text", "lines"),
    [("友だち追加でアメリカーノ1杯プレゼント", 1), ("加好友，送一杯美式" * 4, 2), ("送一杯", 1)],
)
def test_no_letter_is_left_alone_below(qtbot: QtBot, text: str, lines: int) -> None:
    area = QRectF(0, 0, 910, 150)
    font = _in_one_line(_fitting(text, area, 66, True), text, area.width())
    drawn = QFontMetricsF(font).boundingRect(area, _CENTRE, text)
    assert round(drawn.height() / QFontMetricsF(font).lineSpacing()) == lines
    assert drawn.width() <= area.width()


def test_white_words_turn_dark_on_a_light_colour(approved: Approved) -> None:
    i18n.use("zh_TW")
    approved(picture(replace(STAND, colour=QColor("#f7e27a")), 500), "recruiting/stand_light_colour")

"""The page's states for its pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.greeting.balloons import (
    Card,
    Cards,
    Coupon,
    Greeting,
    Insert,
    RichMessage,
    Text,
    Video,
)
from desktop.operations.planning import greetings, pictures
from desktop.store.database import Database
from desktop.ui import theme
from desktop.ui.greeting.balloons.rich_editor import divided
from desktop.ui.pictures.fitting import encoded

if TYPE_CHECKING:
    from desktop.ui.greeting.page import GreetingPage


def states(page: GreetingPage) -> dict[str, Callable[[], None]]:
    """Name → what brings the page there; those that change the shop only in a practice shop."""
    found: dict[str, Callable[[], None]] = {"templates": page.choose_template}
    if page.desk.practice:
        found = {
            "begun": lambda: page.begin("cafe"),
            "every-kind": lambda: _keep(page, every_kind),
            "cards-below": lambda: page.work.left_scroll.verticalScrollBar().setValue(10_000),
            "android-dark": lambda: _android(page),
            "copy": page.ways.copy,
            "json": page.ways.show_json,
            "templates": page.choose_template,
        }
    return found


def every_kind(picture: int) -> Greeting:
    """A greeting with a balloon of each kind but the plain picture."""
    link = Action(ActionKind.URI, uri="https://example.com/menu")
    words = Action(ActionKind.MESSAGE, text="會員綁定")
    menu = replace(link, label="看菜單")
    return Greeting(
        name="秋季版",
        balloons=(
            Text(
                (
                    Insert.FRIEND,
                    "，歡迎加入",
                    Insert.ACCOUNT,
                    "\n綁定會員立即領買一送一，點下方選單「會員綁定」10 秒完成！",
                )
            ),
            RichMessage(picture, alt="新友禮", height=520, areas=divided("columns", 520, (words, link))),
            Cards(
                (
                    Card("桂花拿鐵", "鮮奶加桂花釀，冷熱皆可，NT$ 120", picture, "", (menu,)),
                    Card("焙茶歐蕾", "京都焙茶，微甜，NT$ 110", picture, "", (menu,)),
                ),
                "秋季新品",
            ),
            Coupon(title="新友買一送一", until="2026-12-31"),
            Video(picture=picture),
        ),
        starts="2026-09-01",
        ends="2026-11-30",
    )


def _keep(page: GreetingPage, make: Callable[[int], Greeting]) -> None:
    data = encoded(_sample_picture(), "PNG")

    def work(db: Database, _ctx: object) -> int:
        number = pictures.keep(db, data, 1040, 520, "sample.png")
        return greetings.save(db, None, make(number)).plan.id

    page.desk.jobs.write(work, owner=page, then=page.show_new)


def _sample_picture() -> QImage:
    image = QImage(1040, 520, QImage.Format.Format_RGB32)
    image.fill(QColor("wheat"))
    painter = QPainter(image)
    painter.setPen(QColor("saddlebrown"))
    font = theme.font("zh_TW")
    font.setPixelSize(72)
    painter.setFont(font)
    painter.drawText(QRect(0, 0, 1040, 520), Qt.AlignmentFlag.AlignCenter, "新友禮・買一送一")
    painter.end()
    return image


def _android(page: GreetingPage) -> None:
    page.work.panel.set_device("android")
    page.work.panel.set_dark(True)
    page.work.panel.set_name("long")

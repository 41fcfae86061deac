"""The third way: how an account becomes a verified one, as a list of things that are done or not yet, and what the program does
in the meantime. What LINE tells is ticked by itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.line_ids.shop_ids import ShopIds
from desktop.ui.line_ids.way_card import WayCard
from desktop.ui.outbox.web_pages import WebPage, open_page
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import IconLabel, heading, muted, small, text_label

POINTS = ("premium_id", "papers", "apply", "wait", "verified")
MEANWHILE_POINTS = 3


_MARKS = {True: ("check-circle", "good"), False: ("x", "warning"), None: ("", "muted")}


class Mark(IconLabel):
    """A tick, a cross, or a ring where nothing is known."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._icon:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(self._role), 1.4))
        edge = self.width() * 0.17
        painter.drawEllipse(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))
        painter.end()


class Checklist(QWidget):
    """Things to do, in order: each done, open, or not known to the program."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        self.marks: dict[str, Mark] = {}
        self.said: dict[str, QLabel] = {}
        for row, name in enumerate(POINTS):
            mark, words = Mark("", "muted", 18), small("", wrap=True)
            grid.addWidget(mark, row * 2, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text_label(t(f"line_ids.verify.{name}")), row * 2, 1)
            grid.addWidget(words, row * 2 + 1, 1)
            words.hide()
            self.marks[name], self.said[name] = mark, words
            self.set(name, None, "")

    def set(self, name: str, done: bool | None, words: str) -> None:
        """Tick a point, or not; None where only the owner knows."""
        self.marks[name].set(*_MARKS[done])
        self.said[name].setText(words)
        self.said[name].setVisible(bool(words))
        state = {True: "line_ids.done", False: "line_ids.open", None: "line_ids.to_do"}[done]
        self.marks[name].setAccessibleName(t(state))


class VerifyWay(WayCard):
    """See the module."""

    def __init__(self) -> None:
        super().__init__(3, t("line_ids.verify"), t("line_ids.verify_text"))
        self.points_to_do = Checklist()
        self.points.addWidget(self.points_to_do)
        self.points.addSpacing(theme.px(6))
        self.points.addWidget(heading(t("line_ids.meanwhile")))
        for number in range(1, MEANWHILE_POINTS + 1):
            self.points.addWidget(muted(f"· {t(f'line_ids.meanwhile_{number}')}", wrap=True))
        self.add_button(
            button(t("line_ids.open_verification"), lambda: open_page(WebPage.MANAGER), icon="arrow-out")
        )

    def show_ids(self, seen: ShopIds) -> None:
        """Tick what LINE told of the account."""
        account = seen.account or {}
        if "premiumId" in account:
            premium = account["premiumId"]
            words = t("line_ids.has_premium_id", id=premium) if premium else t("line_ids.no_premium_id")
            self.points_to_do.set("premium_id", bool(premium), words)
        else:
            self.points_to_do.set("premium_id", None, t("line_ids.connect_to_see"))
        tried = seen.verification
        verified = tried is not None and tried.verified
        self.points_to_do.set(
            "verified", True if verified else None, t("line_ids.is_verified") if verified else ""
        )
        if verified:
            for name in ("papers", "apply", "wait"):
                self.points_to_do.set(name, True, "")

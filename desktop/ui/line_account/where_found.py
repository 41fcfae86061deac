"""Where an owner finds channel ID, secret and token: drawings with numbered marks, the same numbers in words, the ways into
LINE's pages, and what to know before anything is pressed there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.line_account.drawing import Drawing, Pen, console_basic, console_token, manager
from desktop.ui.line_account.paper_dialog import PaperDialog
from desktop.ui.outbox.web_pages import WebPage, open_page
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.labels import heading, key_cap, muted, text_label, warning_text

CHANNEL_STEPS = 5
AT_THE_MANAGER = 3
TOKEN_STEPS = 3


class WhereFound(QWidget):
    """A short numbered way; which one depends on what is asked for."""

    def __init__(self, desk: Desk, *, by_token: bool) -> None:
        super().__init__()
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(heading(t("line_account.where")))
        self._channel = QWidget()
        both = QVBoxLayout(self._channel)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.px(12))
        both.addWidget(_shown(manager, "line_account.where_channel_{}", range(1, AT_THE_MANAGER + 1)))
        both.addWidget(
            _shown(
                console_basic, "line_account.where_channel_{}", range(AT_THE_MANAGER + 1, CHANNEL_STEPS + 1)
            )
        )
        self._token = _shown(console_token, "line_account.where_token_{}", range(1, TOKEN_STEPS + 1))
        column.addWidget(self._channel)
        column.addWidget(self._token)
        column.addWidget(warning_text(t("line_account.never_reissue")))
        column.addWidget(muted(t("line_account.provider_fixed"), wrap=True))
        column.addWidget(muted(t("line_account.drawn"), wrap=True))
        column.addWidget(self._ways())
        self.show_for(by_token=by_token)

    def show_for(self, *, by_token: bool) -> None:
        """Show the way to the token, or to ID and secret."""
        self._channel.setVisible(not by_token)
        self._token.setVisible(by_token)

    def show_letter(self) -> None:
        """What to send to whoever is the account's administrator."""
        self._desk.dialogs.show(
            PaperDialog(
                self,
                t("line_account.ask_administrator"),
                t("line_account.letter_hint"),
                t("line_account.letter"),
            )
        )

    def _ways(self) -> QWidget:
        made = QWidget()
        row = FlowLayout(made)
        self.letter_button = button(t("line_account.ask_administrator"), self.show_letter, icon="envelope")
        row.addWidget(self.letter_button)
        for key, page in (
            ("line_account.open_manager", WebPage.MANAGER),
            ("line_account.open_developers", WebPage.DEVELOPERS),
        ):
            link = link_button(t(key), _opener(page), icon="arrow-out")
            link.setMinimumHeight(theme.control_height())
            row.addWidget(link)
        return made


def _opener(page: WebPage) -> Callable[[], object]:
    return lambda: open_page(page)


def _shown(paint: Callable[[Pen], None], key: str, numbers: range) -> QWidget:
    """A drawing with its marks in words beside it, or below where there is no room."""
    texts = [t(key.format(number)) for number in numbers]
    made = BesideOrBelow(Drawing(paint, " ".join(texts)))
    for number, text in zip(numbers, texts, strict=True):
        made.add(number, text)
    return made


class BesideOrBelow(QWidget):
    """A drawing and its numbered steps: side by side where the window is wide enough."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self._drawing = drawing
        self._beside: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(8))
        self._words = QWidget()
        self._steps = QGridLayout(self._words)
        self._steps.setContentsMargins(0, 0, 0, 0)
        self._steps.setHorizontalSpacing(theme.px(10))
        self._steps.setVerticalSpacing(theme.px(8))
        self._steps.setColumnStretch(1, 1)
        self._place(beside=True)

    def add(self, number: int, text: str) -> None:
        """One step."""
        self._steps.addWidget(key_cap(str(number)), number, 0, Qt.AlignmentFlag.AlignTop)
        self._steps.addWidget(text_label(text), number, 1)

    def resizeEvent(self, event: object) -> None:
        self._place(beside=self.width() >= self._drawing.width() + theme.px(200))

    def _place(self, *, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        for part in (self._drawing, self._words):
            self._grid.removeWidget(part)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self._drawing, 0, 0, top | Qt.AlignmentFlag.AlignLeft)
        if beside:
            self._grid.addWidget(self._words, 0, 1, top)
        else:
            self._grid.addWidget(self._words, 1, 0, top)
        self._grid.setColumnStretch(0, 0 if beside else 1)
        self._grid.setColumnStretch(1, 1 if beside else 0)

"""Copying a greeting into LINE's manager, balloon by balloon. Where a name goes the manager has a button: the copied text says
which one to press there, and who prefers it copies piece by piece and presses the button in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button, icon_button, primary_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import heading, key_cap, muted, small, text_label

WIDTH, HEIGHT = 560, 560


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in the manager.

    Args:
        kind: "text": copy and paste ``text``; "press": press the button called ``text``; "file": put in the picture.
        text: what it is about.
        picture: number of the picture of a "file".
        label: which field of the manager a "text" belongs to; "" for the balloon's own text.
    """

    kind: str
    text: str
    picture: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """All that is to be done for one balloon.

    Args:
        title: which balloon.
        hint: how it is made in the manager.
        steps: piece by piece.
        copied: the whole text for the clipboard, with what to press where; "" for none.
    """

    title: str
    hint: str
    steps: tuple[Step, ...]
    copied: str = ""


class CopyDialog(QDialog):
    """See the module.

    Args:
        parent: any widget of the window.
        stages: balloon by balloon.
        save_picture: is called with a picture's number when it is to be saved as a file.
    """

    def __init__(
        self, parent: QWidget, stages: Sequence[Stage], save_picture: Callable[[int], object]
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(t("greeting_page.copy_title"))
        self._save_picture = save_picture
        self.copy_buttons: list[QPushButton] = []
        self.piece_buttons: list[QToolButton] = []
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("greeting_page.copy_title")))
        column.addWidget(muted(t("greeting_page.copy_hint"), wrap=True))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        stack = QVBoxLayout(inside)
        stack.setContentsMargins(0, 0, theme.px(6), 0)
        stack.setSpacing(theme.px(10))
        for stage in stages:
            stack.addWidget(self._stage(stage))
        stack.addStretch(1)
        scroll.setWidget(inside)
        column.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(primary_button(t("shell.close"), self.accept))
        column.addLayout(row)
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))

    def _stage(self, stage: Stage) -> Card:
        card = Card(stage.title)
        if stage.copied:
            whole = button(t("greeting_page.copy_balloon"), icon="copy")
            whole.setAccessibleName(t("greeting_page.copy_piece", text=stage.title))
            whole.clicked.connect(lambda: self._copy(whole, stage.copied))
            self.copy_buttons.append(whole)
            card.header.addWidget(whole)
        if stage.hint:
            card.body.addWidget(small(stage.hint, wrap=True))
        for step in stage.steps:
            card.body.addWidget(self._step(step))
        return card

    def _step(self, step: Step) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(10))
        if step.kind == "press":
            line.addWidget(muted(t("greeting_page.press_there")))
            line.addWidget(key_cap(step.text))
            line.addStretch(1)
            return row
        shown = step.text.strip("\n")
        words = text_label(t("greeting_page.field", label=step.label, value=shown) if step.label else shown)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line.addWidget(words, 1)
        if step.kind == "text":
            piece = icon_button("copy", t("greeting_page.copy_piece", text=step.text))
            piece.clicked.connect(lambda: self._copy_piece(piece, step.text))
            self.piece_buttons.append(piece)
            line.addWidget(piece, 0, Qt.AlignmentFlag.AlignTop)
        elif step.kind == "file" and step.picture is not None:
            picture = step.picture
            save = button(
                t("greeting_page.save_picture"), lambda: self._save_picture(picture), icon="download"
            )
            line.addWidget(save, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _copy(self, made: QPushButton, text: str) -> None:
        QApplication.clipboard().setText(text)
        for other in self.copy_buttons:
            if other is not made:
                other.setText(t("greeting_page.copy_balloon"))
        made.setText(t("greeting_page.copied"))

    def _copy_piece(self, made: QToolButton, text: str) -> None:
        QApplication.clipboard().setText(text)
        at = self.piece_buttons.index(made) + 1
        if at < len(self.piece_buttons):
            self.piece_buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)

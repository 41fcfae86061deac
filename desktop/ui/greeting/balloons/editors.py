"""What every editor of a balloon can do, which editor a kind has, and what kinds are called."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.planning.actions import NO_ACTION
from desktop.core.planning.greeting.balloons import (
    KINDS,
    Balloon,
    Card,
    Cards,
    Coupon,
    Picture,
    RichMessage,
    Text,
    Video,
    kind_of,
)
from desktop.text import t
from desktop.ui import theme
from desktop.ui.greeting.tools import Tools
from desktop.ui.widgets.labels import small


class BalloonEditor(QWidget):
    """``edited(balloon)``: it is another one now.

    Args:
        tools: pictures of the shop.
    """

    edited = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.tools = tools
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(8))

    def show_balloon(self, balloon: Balloon) -> None:
        """Show a balloon of the editor's kind, without saying so."""
        raise NotImplementedError

    def status(self) -> tuple[str, bool]:
        """What stands at the right of the card's first line, and whether something is wrong."""
        raise NotImplementedError

    def first_field(self) -> QWidget:
        """Where one begins."""
        raise NotImplementedError

    def become(self, balloon: Balloon) -> None:
        """Take over what was put in for the owner; where there is an undo of its own, it takes that back."""
        self.show_balloon(balloon)
        self.edited.emit(balloon)

    def to_placeholder(self, words: str = "") -> None:
        """Select a place that is still to be filled in (the first, or where these words stand), where there are such."""


def labelled(field: QWidget, label: str) -> QWidget:
    """A field under its small label, which stays while something stands in the field."""
    around = QWidget()
    column = QVBoxLayout(around)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(2))
    words = small(label)
    words.setBuddy(field)
    column.addWidget(words)
    column.addWidget(field)
    return around


def kind_title(kind: str) -> str:
    """What a kind of balloon is called."""
    return t(f"greeting.kind.{kind}")


def empty_balloon(kind: str) -> Balloon:
    """A balloon of a kind to begin with."""
    if kind == "cards":
        return Cards((Card(actions=(NO_ACTION,)),))
    return KINDS[kind]()


def make_editor(balloon: Balloon, tools: Tools) -> BalloonEditor:
    """The editor of a balloon's kind, showing it."""
    # Here: each of them is made of what stands above.
    from desktop.ui.greeting.balloons.cards_editor import CardsEditor
    from desktop.ui.greeting.balloons.coupon_editor import CouponEditor
    from desktop.ui.greeting.balloons.picture_editor import PictureEditor, VideoEditor
    from desktop.ui.greeting.balloons.rich_editor import RichEditor
    from desktop.ui.greeting.balloons.text_editor import TextEditor

    makers: dict[type, type[BalloonEditor]] = {
        Text: TextEditor,
        Picture: PictureEditor,
        RichMessage: RichEditor,
        Cards: CardsEditor,
        Coupon: CouponEditor,
        Video: VideoEditor,
    }
    made = makers[type(balloon)](tools)
    made.show_balloon(balloon)
    return made


def kind_name(balloon: Balloon) -> str:
    """What a balloon's kind is called."""
    return kind_title(kind_of(balloon))

"""The editor of a menu: at the left the menus and the form, in the middle the phone, at the right the checks. In a narrow window
the checks stand below the form."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.rich_menu.area.area_card import AreaCard
from desktop.ui.rich_menu.cards.checks_card import ChecksCard
from desktop.ui.rich_menu.cards.goals_card import GoalsCard
from desktop.ui.rich_menu.cards.layout_card import LayoutCard
from desktop.ui.rich_menu.cards.look_card import LookCard
from desktop.ui.rich_menu.cards.settings_card import SettingsCard
from desktop.ui.rich_menu.files.kept_pictures import KeptPictures
from desktop.ui.rich_menu.menus.menus_card import MenusCard
from desktop.ui.rich_menu.open_menu import OpenMenu
from desktop.ui.rich_menu.parts.segments import Segments
from desktop.ui.rich_menu.stage.stage import EDIT, Stage

AREA, LAYOUT, LOOK, SETTINGS = "area", "layout", "look", "settings"
PANELS = (AREA, LAYOUT, LOOK, SETTINGS)
SHARE = 0.25
LEAST, MOST = 238, 320
STAGE = 300
GAP = 12


class Editor(QWidget):
    """``photo_wanted``: for the area chosen; ``own_wanted``: a picture for the whole menu; ``refused(UserError)``."""

    photo_wanted = Signal()
    own_wanted = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, open_menu: OpenMenu, pictures: KeptPictures) -> None:
        super().__init__()
        self._open = open_menu
        self.menus = MenusCard()
        self.area = AreaCard(desk, open_menu)
        self.layouts = LayoutCard(open_menu)
        self.look = LookCard(desk, open_menu, pictures)
        self.settings = SettingsCard(open_menu)
        self.goals, self.checks = GoalsCard(open_menu), ChecksCard(open_menu)
        self.stage = Stage(open_menu, pictures)
        self._left_column, left = _column()
        self._right_column, right = _column()
        self.left, self.right = _scrolling(left), _scrolling(right)
        self._left_column.addWidget(self.menus)
        self._left_column.addWidget(self._panels())
        self._left_column.addStretch(1)
        self._beside: list[QWidget] = [self.goals, self.checks]
        for card in self._beside:
            self._right_column.addWidget(card)
        self._right_column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(GAP))
        row.addWidget(self.left)
        row.addWidget(self.stage, 1)
        row.addWidget(self.right)
        self._connect()

    def add_beside(self, card: QWidget) -> None:
        """Put one more card below the checks."""
        self._beside.append(card)
        self._right_column.insertWidget(self._right_column.count() - 1, card)

    def show_panel(self, panel: str) -> None:
        """Show one of the forms."""
        self.panels.set_value(panel)
        for name, card in self.forms.items():
            card.setVisible(name == panel)

    def fill_area(self) -> None:
        """Show the form of the area chosen, with the caret in it."""
        self.show_panel(AREA)
        self.area.begin()

    def go_to(self, area: int | None, field: str) -> None:
        """Lead to what is to be mended."""
        self.stage.set_mode(EDIT)
        if area is not None:
            self._open.choose(area)
            self.show_panel(AREA)
            self.area.focus_on(field)
        elif field in ("own_picture", "style"):
            self.show_panel(LOOK)
        elif field in ("size", "areas", "layout"):
            self.show_panel(LAYOUT)
        elif field == "name":
            self.menus.wants.emit("rename")
        else:
            self.show_panel(SETTINGS)
            self.settings.focus_on(field)

    # Inside

    def _connect(self) -> None:
        self._open.chosen.connect(self._area_chosen)
        self.area.photo_wanted.connect(self.photo_wanted)
        self.look.own_wanted.connect(self.own_wanted)
        self.stage.form_wanted.connect(self.fill_area)
        self.stage.refused.connect(self.refused)
        self.goals.refused.connect(self.refused)
        self.goals.filled.connect(lambda at: self.go_to(at, "action.uri"))
        self.checks.field_wanted.connect(self.go_to)

    def _panels(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.panels = Segments(
            t("rich_menu_page.panels"), [(one, t(f"rich_menu_page.panel.{one}")) for one in PANELS]
        )
        self.panels.setSizePolicy(
            self.panels.sizePolicy().Policy.Ignored, self.panels.sizePolicy().Policy.Fixed
        )
        self.panels.chosen.connect(lambda panel: self.show_panel(str(panel)))
        self.forms: dict[str, QWidget] = dict(
            zip(PANELS, (self.area, self.layouts, self.look, self.settings), strict=True)
        )
        column.addWidget(self.panels)
        for card in self.forms.values():
            column.addWidget(card)
        self.show_panel(AREA)
        return box

    def _area_chosen(self) -> None:
        if self._open.areas:
            self.show_panel(AREA)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = min(theme.px(MOST), max(theme.px(LEAST), round(self.width() * SHARE)))
        apart = self.width() >= 2 * side + theme.px(STAGE + 2 * GAP)
        if apart == self.right.isHidden():
            self._put_checks(self._right_column if apart else self._left_column)
            self.right.setVisible(apart)
        self.left.setFixedWidth(side if apart else min(theme.px(MOST), round(self.width() * 0.45)))
        self.right.setFixedWidth(side)

    def _put_checks(self, column: QVBoxLayout) -> None:
        for card in self._beside:
            column.insertWidget(column.count() - 1, card)


def _column() -> tuple[QVBoxLayout, QWidget]:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, theme.px(2), 0)
    column.setSpacing(theme.px(12))
    return column, inside


def _scrolling(inside: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    return scroll

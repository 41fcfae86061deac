"""The tags of the selection as chips. A click on one that only some have puts it on all; on one that all have
takes it off; the cross takes it off either way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.people.tag import Tag
from desktop.operations.people.members import HeldTag
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.chips import Chip, FlowLayout
from desktop.ui.widgets.labels import muted

MOST_CHIPS = 24


class HeldChip(Chip):
    """A removable chip whose text is never cut while there is room."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + theme.px(3), hint.height())


class HeldTags(QWidget):
    """See the module."""

    put_asked = Signal(str)
    take_asked = Signal(str)
    menu_asked = Signal(object, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self)
        self._shown: tuple[Sequence[HeldTag], int] = ((), 0)
        self.chips: dict[str, Chip] = {}
        self._rest = muted()
        self._none = muted(t("tag_panel.no_tags"))
        for label in (self._rest, self._none):
            # Without a parent they would be windows of their own.
            label.setParent(self)
            label.hide()

    def show_tags(self, held: Sequence[HeldTag], people: int) -> None:
        """Show the tags of ``people`` selected people, most held first."""
        if (held, people) == self._shown:
            return
        self._shown = (held, people)
        self._none.setText(t("tag_panel.no_tags"))
        focused = next((name for name, chip in self.chips.items() if chip.hasFocus()), None)
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item else None
            if isinstance(widget, Chip):
                widget.hide()
                widget.deleteLater()
        self.chips = {one.tag.name: self._chip(one, people) for one in held[:MOST_CHIPS]}
        self._none.setVisible(not held)
        self._flow.addWidget(self._none)
        more = len(held) - MOST_CHIPS
        self._rest.setText(t("members.more_tags", n=more) if more > 0 else "")
        self._rest.setVisible(more > 0)
        self._flow.addWidget(self._rest)
        if focused in self.chips:
            self.chips[focused].setFocus()
        self.updateGeometry()

    def show_counting(self) -> None:
        """The tags of the people selected now are not counted yet."""
        self.show_tags((), 0)
        self._shown = ((), -1)
        self._none.setText(t("tag_panel.counting"))

    def _chip(self, one: HeldTag, people: int) -> Chip:
        name, all_have_it = one.tag.name, one.people >= people
        text = name if all_have_it else t("tag_panel.some", tag=name, n=one.people, of=people)
        chip = HeldChip(text, one.tag.colour or theme.tag_colour(name), removable=True)
        chip.setToolTip(t("tag_panel.chip.take" if all_have_it else "tag_panel.chip.put", tag=name))
        chip.clicked.connect(partial((self.take_asked if all_have_it else self.put_asked).emit, name))
        chip.removed.connect(partial(self.take_asked.emit, name))
        chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chip.customContextMenuRequested.connect(partial(self._menu, one.tag, chip))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _menu(self, tag: Tag, chip: Chip, place: QPoint) -> None:
        self.menu_asked.emit(tag, chip.mapToGlobal(place))

"""The panel while several tags are selected: join them into one, or delete them. And while none is: what the page is for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.core.people.tag import Tag
from desktop.text import t
from desktop.ui import theme
from desktop.ui.tags import words
from desktop.ui.tags.panel.details import fill
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.chips import Chip, FlowLayout
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import heading, muted, small
from desktop.ui.widgets.side_panel import SidePanel

SHOWN = 12
CHIP_WIDTH = 240


class ManyTags(SidePanel):
    """``merge_asked(into)``; ``asked(what)``: members or delete."""

    merge_asked = Signal(str)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("tags_page.details"))
        self.follow_width()
        self.title = heading("")
        self.body.addWidget(self.title)
        self._inside = QWidget()
        self._flow = FlowLayout(self._inside, gap=4)
        self.body.addWidget(self._inside)
        self.hint = muted("", wrap=True)
        self.body.addWidget(self.hint)
        self.into_label = small(t("tags_page.merge_into"))
        self.into = Select(t("tags_page.merge_into"))
        # The longest tag may be wider than the panel.
        self.into.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.into.setMinimumContentsLength(8)
        self.merge = button(
            t("tags_page.merge"), lambda: self.merge_asked.emit(self.into.value()), icon="merge"
        )
        self.members = button(t("tags_page.act.members"), partial(self.asked.emit, "members"), icon="users")
        self.delete = button(t("tags_page.act.delete"), partial(self.asked.emit, "delete"), icon="trash")
        for part in (self.into_label, self.into, self.merge, self.members, self.delete):
            self.body.addWidget(part)
        self.body.insertSpacing(self.body.indexOf(self.members), theme.px(10))
        fill(self)

    def show_tags(self, chosen: Sequence[Tag]) -> None:
        """Show these tags, or what can be selected."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for tag in chosen[:SHOWN]:
            chip = Chip(tag.name, words.colour_of(tag))
            chip.setMaximumWidth(theme.px(CHIP_WIDTH))
            chip.setToolTip(tag.name)
            self._flow.addWidget(chip)
        several = len(chosen) > 1
        self.title.setText(
            t("tags_page.selected", n=len(chosen)) if several else t("tags_page.none_selected")
        )
        self.hint.setText(
            t("tags_page.merge_hint") if several else t("tags_page.none_selected_hint", shortcut=_ctrl())
        )
        self._inside.setVisible(bool(chosen))
        most = max(chosen, key=lambda tag: tag.people, default=None)
        self.into.set_choices([(tag.name, tag.name) for tag in chosen])
        if most is not None:
            self.into.set_value(most.name)
        for part in (self.into_label, self.into, self.merge, self.members, self.delete):
            part.setVisible(several)


def _ctrl() -> str:
    """The key that adds to a selection, as this platform writes it."""
    return (
        QKeySequence("Ctrl+A").toString(QKeySequence.SequenceFormat.NativeText).removesuffix("A").rstrip("+")
    )

"""Some of the people in the audience, and why each is in; a row opens all her reasons, and who is missing can be asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QStyleOptionViewItem, QVBoxLayout

from desktop.operations.audiences.explaining import PREVIEW, PreviewPerson
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.audiences.preview.reason_words import why_text
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import chip_size, paint_chip
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.labels import ElidedLabel
from desktop.ui.widgets.table import (
    VALUE_ROLE,
    BadgeDelegate,
    Column,
    SimpleTableModel,
    Table,
)

NAME, TAGS, LAST_ORDER, WHY = range(4)
WIDTHS = (112, 228, 112, 0)
Index = QModelIndex | QPersistentModelIndex


class PreviewCard(Card):
    """``opened(person id)``: a row was opened; ``asked(person id)``: a row was chosen, say why she is in;
    ``missing_asked``: somebody is missing."""

    opened = Signal(int)
    asked = Signal(int)
    missing_asked = Signal()

    def __init__(self) -> None:
        super().__init__(t("audiences_page.preview"), flush=True)
        self.first = ElidedLabel(t("audiences_page.preview_hint"), kind="muted")
        self.header.insertWidget(1, self.first, 1000)
        self.why_not = link_button(t("builder.why_not"), self.missing_asked.emit, icon="question")
        self.header.addWidget(self.why_not)
        self.answer = QVBoxLayout()
        self.answer.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self.body.addLayout(self.answer)
        self.stack = QStackedWidget()
        self.table = Table(t("audiences_page.preview"))
        self.model = SimpleTableModel(
            [
                Column(t("query.field.name"), lambda person: person.name),
                Column(t("query.field.tag"), _tag_names, value=lambda person: person.tags),
                Column(t("query.field.last_order"), lambda person: i18n.date(person.last_order)),
                Column(t("audiences_page.why"), why_text, role=lambda person: "muted"),
            ],
            spoken=_spoken,
            parent=self.table,
        )
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(TAGS, TagsDelegate(self.table))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.fit_columns(stretch=WHY, widths=WIDTHS)
        self.table.opened.connect(lambda index: self.opened.emit(self.model.row(index).id))
        self.table.clicked.connect(lambda index: self.asked.emit(self.model.row(index).id))
        self.table.setMinimumHeight(theme.px(180))
        self.empty = EmptyState(
            "users", t("audiences_page.preview_empty"), t("audiences_page.preview_empty_text")
        )
        self.empty.setMinimumHeight(theme.px(180))
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack)

    def show_people(self, people: Sequence[PreviewPerson]) -> None:
        """Show these people."""
        self.model.set_rows(people)
        self.stack.setCurrentWidget(self.table if people else self.empty)
        more = len(people) == PREVIEW
        self.first.setText(
            t("audiences_page.preview_first", n=PREVIEW) if more else t("audiences_page.preview_hint")
        )


class TagsDelegate(BadgeDelegate):
    """Draws (name, colour) pairs as chips."""

    def draw(
        self, painter: QPainter, rect: QRect, text: str, index: Index, option: QStyleOptionViewItem
    ) -> None:
        left, gap = rect.x(), theme.px(4)
        tags = list(index.data(VALUE_ROLE) or ())
        for at, (name, colour) in enumerate(tags):
            rest = len(tags) - at
            size = chip_size(name, option.fontMetrics)
            more = chip_size(f"+{rest}", option.fontMetrics).width() if rest > 1 else 0
            if at and left + size.width() + (gap + more if more else 0) > rect.right():
                self._chip(painter, rect, left, f"+{rest}", "grey", option)
                return
            self._chip(painter, rect, left, name, colour or theme.tag_colour(name), option)
            left += size.width() + gap

    def _chip(
        self, painter: QPainter, rect: QRect, left: int, text: str, colour: str, option: QStyleOptionViewItem
    ) -> None:
        size = chip_size(text, option.fontMetrics)
        top = rect.y() + (rect.height() - size.height()) // 2
        paint_chip(
            painter, QRect(left, top, min(size.width(), rect.right() - left), size.height()), text, colour
        )


def _tag_names(person: PreviewPerson) -> str:
    return t("audiences_page.and_list").join(name for name, _ in person.tags)


def _spoken(person: PreviewPerson) -> str:
    return t(
        "audiences_page.preview_spoken",
        name=person.name,
        tags=_tag_names(person) or "—",
        why=why_text(person),
    )

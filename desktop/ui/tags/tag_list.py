"""All tags: search as you type, one group only if wanted, the table, and the plain word about where these tags live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.people.search_text import fold
from desktop.store.tagging.overview import AllTags
from desktop.text import t
from desktop.ui import theme
from desktop.ui.tags.tag_table import TagRow, TagTable
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.fields import SearchField, Select
from desktop.ui.widgets.labels import small

EVERY_GROUP = object()
NO_GROUP = ""


class TagList(QWidget):
    """``chosen``: other tags are selected."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._all = AllTags((), 0, {}, 0)
        self._put_on: Mapping[int, str] = {}
        self._only: frozenset[int] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(self._bar())
        self.table = TagTable()
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.table.typed.connect(self._type)
        self.nothing = EmptyState(
            "search", t("tags_page.nothing_found"), "", link_button(t("tags_page.show_all"), self.show_all)
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        column.addWidget(self.stack, 1)
        column.addWidget(small(t("tags_page.where_they_live"), wrap=True))

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        self.search = SearchField(t("tags_page.search"))
        self.search.textChanged.connect(self._filter)
        self.search.submitted.connect(self._enter_table)
        self.search.installEventFilter(self)
        self.group = Select(t("tags_page.column.group"), [(EVERY_GROUP, t("tags_page.every_group"))])
        self.group.chosen.connect(lambda _: self._filter())
        self.group.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.group.setMinimumContentsLength(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.group)
        return row

    def show_tags(self, known: AllTags) -> None:
        """Show these tags; search, group, order and selection stay."""
        self._all = known
        groups = sorted({tag.group for tag in known.tags if tag.group})
        choices: list[tuple[object, str]] = [(EVERY_GROUP, t("tags_page.every_group"))]
        choices += [(group, group) for group in groups]
        if groups:
            choices.append((NO_GROUP, t("tags_page.no_group")))
        self.group.set_choices(choices)
        self.group.setVisible(bool(groups))
        self._filter()

    def show_last(self, put_on: Mapping[int, str]) -> None:
        """Fill in when each tag was put on last."""
        self._put_on = put_on
        self._filter()

    def only(self, ids: Sequence[int]) -> None:
        """Show these tags alone, until the search is used."""
        self.search.clear()
        self.group.set_value(EVERY_GROUP)
        self._only = frozenset(ids)
        self._filter()

    def show_all(self) -> None:
        """Search and group do not narrow the list any more."""
        self._only = None
        self.group.set_value(EVERY_GROUP)
        self.search.clear()
        self._filter()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def names(self) -> list[str]:
        """The names of the tags shown, from the top."""
        return [row.tag.name for row in self.table.rows.rows]

    def _filter(self, *_: object) -> None:
        if self.sender() is self.search:
            self._only = None
        wanted, group = fold(self.search.text().strip()), self.group.value()
        rows = [
            TagRow(tag, self._all.people, self._all.rules.get(tag.id, ()), self._put_on.get(tag.id))
            for tag in self._all.tags
            if (group is EVERY_GROUP or tag.group == group)
            and (self._only is None or tag.id in self._only)
            and any(wanted in fold(text) for text in (tag.name, tag.group, tag.meaning))
        ]
        selected = [row.tag.id for row in self.table.selected()]
        shown = [row.tag.id for row in self.table.rows.rows]
        self.table.show_rows(rows)
        if [row.tag.id for row in self.table.rows.rows] != shown:
            self.table.select(selected)
        self.stack.setCurrentWidget(self.table if rows else self.nothing)
        self.chosen.emit()

    def _type(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.insert(text)

    def _enter_table(self) -> None:
        if self.table.rows.rows:
            self.table.select([self.table.rows.row(0).tag.id])
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and not self.search.composing:
                self._enter_table()
                return True
        return False

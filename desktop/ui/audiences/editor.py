"""The editor of one audience: its condition at the left with the people it holds, at the right the live count, what a send
would come to, and the last upload. Everything follows the condition while it is being built."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.people.condition import EVERYBODY, Condition, with_part
from desktop.core.people.query_text import parse, to_text
from desktop.core.people.tag import Tag
from desktop.operations.audiences import audience_editor
from desktop.operations.audiences.audience_editor import PARTS, EditorCounts, LastUpload
from desktop.store import people, tags
from desktop.store.audiences import Audience
from desktop.store.reach import figures
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.conditions.condition_card import ConditionCard
from desktop.ui.audiences.conditions.words import suggested_name
from desktop.ui.audiences.count_card import CountCard
from desktop.ui.audiences.preview_table import PreviewCard
from desktop.ui.audiences.send_cards import CostCard, LastUploadCard
from desktop.ui.audiences.upload_flow import Plan
from desktop.ui.choosing.chooser import Choice
from desktop.ui.desk import Desk
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import muted, text_label

COUNT_AFTER_MS = 150
RIGHT_WIDTH = 330
GAP = 14
SCROLL_BAR = 16
STACKED_AT = 2


class Editor(QWidget):
    """``edited``: name or condition changed; ``counted``: the count of the condition shown arrived; ``upload_wanted``."""

    edited = Signal()
    counted = Signal()
    upload_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.audience_id: int | None = None
        self.counts: EditorCounts | None = None
        self.last: LastUpload | None = None
        self._saved = ("", "")
        self._own_name = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(GAP))
        self._left_part, self._right_part = self._left(), self._right()
        self._left_scroll, self._right_scroll = _scrolling(self._left_part), _scrolling(self._right_part)
        self._right_scroll.setFixedWidth(theme.px(RIGHT_WIDTH))
        self.conditions.installEventFilter(self)
        row.addWidget(self._left_scroll, 1)
        row.addWidget(self._right_scroll)
        self._counting = QTimer(self, singleShot=True, interval=COUNT_AFTER_MS)
        self._counting.timeout.connect(self.count)

    # What the page asks

    @property
    def condition(self) -> Condition:
        """The condition shown."""
        return self.conditions.condition

    @property
    def name_text(self) -> str:
        """The name entered."""
        return self.name.text().strip()

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return (self.name_text, to_text(self.condition)) != self._saved

    def plan(self) -> Plan:
        """What an upload of the audience as it stands would be."""
        reachable = self.counts.parts["reachable"] if self.counts else 0
        return Plan(self.audience_id, self.name_text, to_text(self.condition), reachable)

    def show_new(self, condition: Condition = EVERYBODY) -> None:
        """Begin a new audience."""
        self._show(None, "", condition)

    def show_audience(self, audience: Audience, condition: Condition) -> None:
        """Open a saved one."""
        self._show(audience.id, audience.name, condition)
        self.is_saved(audience)

    def show_draft(self, audience_id: int | None, name: str, condition: Condition) -> None:
        """Show what was being edited before a restart."""
        self._show(audience_id, name, condition)

    def is_saved(self, audience: Audience) -> None:
        """The audience was saved as it stands."""
        self.audience_id = audience.id
        self._own_name = True
        self._saved = (audience.name, audience.query)
        if self.name_text != audience.name:
            self.name.setText(audience.name)
        self.edited.emit()
        self._read_last()

    def changed(self, changes: Changes) -> None:
        """Data changed: count again what may be another number now."""
        if changes.touches(Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
            self.count()
        elif changes.touches(Kind.OUTBOX, Kind.AUDIENCES):
            self._read_last()
        elif changes.touches(Kind.LINE):
            self._read_outlook()

    def count(self) -> None:
        """Count the condition now, and read whatever else follows from it."""
        self._counting.stop()
        condition = self.condition
        read = self.desk.jobs.read
        read(
            lambda db: audience_editor.counts(db, condition),
            owner=self,
            then=partial(self._show_counts, condition),
            latest="audiences.counts",
        )
        read(
            lambda db: audience_editor.preview(db, condition),
            owner=self,
            then=self.preview.show_people,
            latest="audiences.preview",
        )
        self._read_last()
        self._read_outlook()

    # Parts

    def _left(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(2), 0)
        column.setSpacing(theme.px(12))
        column.addLayout(self._name_row())
        self._left_column = column
        self.conditions = ConditionCard(partial(offer_choices, self.desk, self))
        self.conditions.changed.connect(self._condition_changed)
        column.addWidget(self.conditions)
        self.preview = PreviewCard()
        self.preview.opened.connect(lambda person: self.desk.go("members", query=f"id:{person}"))
        column.addWidget(self.preview, 1)
        return inside

    def _name_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        label = text_label(t("audiences_page.name"), wrap=False)
        self.name = TextField(t("audiences_page.name_example"), t("audiences_page.name"))
        self.name.textEdited.connect(self._name_edited)
        label.setBuddy(self.name)
        row.addWidget(label)
        row.addWidget(self.name, 1)
        row.addWidget(muted(t("audiences_page.name_hint")))
        return row

    def _right(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.count_card = CountCard()
        self.count_card.opened.connect(self._open_part)
        self.count_card.ids_wanted.connect(lambda: self.desk.go("line_ids"))
        self.cost_card = CostCard()
        self.last_card = LastUploadCard()
        self.last_card.again.connect(self.upload_wanted)
        self.last_card.shown.connect(self._show_last)
        for card in (self.count_card, self.cost_card, self.last_card):
            column.addWidget(card)
        column.addStretch(1)
        return inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # A row more or less; layouts must not change while they are being laid out.
            QTimer.singleShot(0, self, self._arrange)
        return False

    def _arrange(self) -> None:
        """With large text or in a small window the cards of the right stand below the condition."""
        room = self.width() - theme.px(RIGHT_WIDTH + GAP + SCROLL_BAR)
        stacked = room < self.conditions.minimumSizeHint().width()
        if stacked == self._right_scroll.isHidden():
            return
        if stacked:
            self._right_scroll.takeWidget()
            self._left_column.insertWidget(STACKED_AT, self._right_part)
            self._right_part.show()
        else:
            self._left_column.removeWidget(self._right_part)
            self._right_scroll.setWidget(self._right_part)
        self._right_scroll.setVisible(not stacked)

    # What happens

    def _show(self, audience_id: int | None, name: str, condition: Condition) -> None:
        self.audience_id = audience_id
        self._own_name = bool(name)
        self._saved = ("", "")
        self.counts = self.last = None
        self.conditions.set_columns(people.extra_columns(self.desk.jobs.page_reader))
        self.conditions.show_condition(condition)
        self.name.setText(name)
        self._suggest_name()
        self.count_card.show_waiting()
        self.last_card.show_upload(None)
        self.preview.show_people([])
        self.edited.emit()
        self.count()

    def _condition_changed(self) -> None:
        self._suggest_name()
        self.edited.emit()
        self._counting.start()

    def _name_edited(self) -> None:
        self._own_name = bool(self.name_text)
        self.edited.emit()

    def _suggest_name(self) -> None:
        """As long as the owner has not named it, the condition does."""
        if not self._own_name and not self.name.composing and not self.name.hasFocus():
            self.name.setText(suggested_name(self.conditions.rows()))

    def _show_counts(self, condition: Condition, counts: EditorCounts) -> None:
        if condition == self.condition:
            self.counts = counts
            self.count_card.show_counts(counts)
            self.counted.emit()

    def _read_last(self) -> None:
        if self.audience_id is None:
            return
        audience_id, condition = self.audience_id, self.condition
        self.desk.jobs.read(
            lambda db: audience_editor.last_upload(db, audience_id, condition),
            owner=self,
            then=partial(self._take_last, audience_id),
            latest="audiences.last_upload",
        )

    def _take_last(self, audience_id: int, last: LastUpload | None) -> None:
        if audience_id == self.audience_id:
            self.last = last
            self.last_card.show_upload(last)

    def _read_outlook(self) -> None:
        condition = self.condition
        self.desk.jobs.read(
            lambda db: audience_editor.outlook(db, condition),
            owner=self,
            then=self.cost_card.show_outlook,
            latest="audiences.outlook",
        )

    def _show_last(self) -> None:
        if self.last is not None:
            self.desk.go("outbox", upload=self.last.job.id)

    def _open_part(self, part: str) -> None:
        self.desk.go("members", query=to_text(with_part(self.condition, parse(PARTS[part]))))


def offer_choices(
    desk: Desk, owner: QObject, field: str, extra: bool, then: Callable[[Sequence[Choice]], None]
) -> None:
    """Read what there is to choose from in a field, and give it to ``then``; nothing where it is better typed."""
    if field == "tag" and not extra:
        desk.jobs.read(tags.all_tags, owner=owner, then=lambda found: then([_tag(tag) for tag in found]))
    elif field in figures.LISTED and not extra:
        read = partial(figures.values_of, field=field)
        desk.jobs.read(
            lambda db: read(db), owner=owner, then=lambda names: then([Choice(name) for name in names])
        )
    else:
        then([])


def _tag(tag: Tag) -> Choice:
    return Choice(tag.name, tag.colour or theme.tag_colour(tag.name), tag.people)


def _scrolling(inside: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    return scroll

"""The editor of one audience: its condition at the left with the people it holds (or, for a new one, ready-made conditions), at
the right the figures around it. Everything follows the condition while it is being built."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.people import tree_editing
from desktop.core.people.condition import EVERYBODY, Condition
from desktop.core.people.query_text import parse, to_text
from desktop.operations.audiences import explaining
from desktop.operations.audiences.audience_editor import EditorCounts
from desktop.operations.audiences.explaining import PreviewPerson
from desktop.operations.audiences.templates import Template, is_list_only
from desktop.store import people
from desktop.store.audiences import Audience
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.audiences.conditions.choices_read import offer_choices
from desktop.ui.audiences.conditions.condition_card import ConditionCard
from desktop.ui.audiences.conditions.words import suggested_name
from desktop.ui.audiences.figures.side import AudienceSide
from desktop.ui.audiences.gallery import Gallery
from desktop.ui.audiences.line_figures import LineFigures, figure_texts, read_figures
from desktop.ui.audiences.preview.asking import Asking
from desktop.ui.audiences.preview.preview_card import PreviewCard
from desktop.ui.audiences.upload_flow import Plan
from desktop.ui.desk import Desk
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import ElidedLabel, text_label

COUNT_AFTER_MS = 150
RIGHT_WIDTH = 330
GAP = 14
SCROLL_BAR = 16
STACKED_AT = 2


class Editor(QWidget):
    """``edited``: name or condition changed; ``counted``: the count of the condition shown arrived; ``upload_wanted``;
    ``stuck(error)``: the condition cannot be counted, because of what it names; ``unstuck``: it can."""

    edited = Signal()
    counted = Signal()
    upload_wanted = Signal()
    stuck = Signal(object)
    unstuck = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.audience: Audience | None = None
        self.audience_id: int | None = None
        self._saved = ("", "")
        self._own_name = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(GAP))
        self._left_part = self._left()
        self.side = AudienceSide(desk)
        self.side.query_asked.connect(lambda query: self.desk.go("members", query=query))
        self.side.counted.connect(self.counted)
        self.side.upload_asked.connect(self.upload_wanted)
        self._left_scroll, self._right_scroll = _scrolling(self._left_part), _scrolling(self.side)
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
    def counts(self) -> EditorCounts | None:
        """Whom the condition holds and reaches; None while it is being counted for the first time."""
        return self.side.counts

    @property
    def name_text(self) -> str:
        """The name entered."""
        return self.name.text().strip()

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return (self.name_text, to_text(self.condition)) != self._saved

    @property
    def is_list_only(self) -> bool:
        """Whether nobody in it can ever be uploaded: a list to call or mail."""
        return is_list_only(self.condition)

    def plan(self) -> Plan:
        """What an upload of the audience as it stands would be."""
        reachable = self.counts.parts["reachable"] if self.counts else 0
        return Plan(self.audience_id, self.name_text, to_text(self.condition), reachable)

    def show_new(self, condition: Condition = EVERYBODY) -> None:
        """Begin a new audience."""
        self._show(None, "", condition)

    def show_audience(self, audience: Audience, condition: Condition) -> None:
        """Open a saved one."""
        self._show(audience, audience.name, condition)
        self.is_saved(audience)

    def show_draft(self, audience: Audience | None, name: str, condition: Condition) -> None:
        """Show what was being edited before a restart."""
        self._show(audience, name, condition)

    def begin_with(self, template: Template) -> None:
        """Take a template's condition, and its title as the name; the builder's undo takes it back."""
        self.conditions.take_condition(
            parse(template.query, extra_columns=people.extra_columns(self.desk.jobs.page_reader))
        )
        if not self._own_name:
            self.name.setText(render(template.title))
            self._own_name = True
            self.edited.emit()
        self.conditions.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_saved(self, audience: Audience) -> None:
        """The audience was saved as it stands."""
        self.audience, self.audience_id = audience, audience.id
        self._own_name = True
        self._saved = (audience.name, audience.query)
        if self.name_text != audience.name:
            self.name.setText(audience.name)
        self.edited.emit()
        self.side.show_for(self.condition, audience)

    def changed(self, changes: Changes) -> None:
        """Data changed: count again what may be another number now."""
        self.side.changed(changes)
        if changes.touches(Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
            self._read_people()

    def count(self) -> None:
        """Count the condition now, and read whatever else follows from it."""
        self._counting.stop()
        self.side.show_for(self.condition, self.audience)
        self._read_people()

    def _read_people(self) -> None:
        condition = self.condition
        if not self.gallery.isHidden():
            self.gallery.read_again()
        else:
            self.desk.jobs.read(
                lambda db: explaining.preview(db, condition),
                owner=self,
                then=self._show_people,
                on_error=self._cannot_count,
                latest="audiences.preview",
            )
        read_figures(self.desk, self, self.conditions.draft, self._show_line_figures)
        self.asking.ask_again()

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
        self.conditions.redrawn.connect(self._show_below)
        column.addWidget(self.conditions)
        self.preview = PreviewCard()
        self.preview.opened.connect(lambda person: self.desk.go("member", person=person))
        self.asking = Asking(self.desk, self.preview, lambda: self.condition, self.remove_part)
        self.gallery = Gallery(self.desk)
        self.gallery.chosen.connect(self.begin_with)
        column.addWidget(self.preview, 1000)
        column.addWidget(self.gallery)
        column.addStretch(1)
        return inside

    def _name_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        label = text_label(t("audiences_page.name"), wrap=False)
        self.name = TextField(t("audiences_page.name_example"), t("audiences_page.name"))
        self.name.textEdited.connect(self._name_edited)
        label.setBuddy(self.name)
        row.addWidget(label)
        row.addWidget(self.name, 3)
        row.addWidget(ElidedLabel(t("audiences_page.name_hint"), kind="muted"), 1)
        return row

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
            self._left_column.insertWidget(STACKED_AT, self.side)
            self.side.show()
        else:
            self._left_column.removeWidget(self.side)
            self._right_scroll.setWidget(self.side)
        self._right_scroll.setVisible(not stacked)

    # What happens

    def remove_part(self, path: tuple[int, ...]) -> None:
        """Take a part out of the condition: what keeps somebody out of the list."""
        self.conditions.take_condition(tree_editing.removed(self.condition, path).condition)
        self.count()

    def _show(self, audience: Audience | None, name: str, condition: Condition) -> None:
        self.audience, self.audience_id = audience, audience.id if audience else None
        self._own_name = bool(name)
        self._saved = ("", "")
        self.conditions.set_columns(people.extra_columns(self.desk.jobs.page_reader))
        self.conditions.show_condition(condition)
        self.name.setText(name)
        self._suggest_name()
        self.side.counts = None
        self.side.count_card.show_waiting()
        self.side.last_card.show_upload(None)
        self.preview.show_people([])
        self.asking.clear()
        self._show_below()
        self.edited.emit()
        self.count()

    def _show_below(self) -> None:
        """Ready-made conditions while there is none yet, then the people."""
        begins = self.audience is None and not self.conditions.draft.parts
        appears = not begins and self.preview.isHidden()
        self.gallery.setVisible(begins)
        self.preview.setVisible(not begins)
        if appears:
            # A first line without its value asks for nothing yet, so no count brings the people.
            self._read_people()

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
            self.name.setText(suggested_name(self.conditions.sentences()))

    def _show_people(self, found: tuple[PreviewPerson, ...]) -> None:
        self.preview.show_people(found)
        self.unstuck.emit()

    def _cannot_count(self, error: UserError) -> None:
        """Nothing of another condition stays beside one that cannot be counted."""
        self.preview.show_people([])
        self.side.show_unknown()
        self.asking.clear()
        self.stuck.emit(error)

    def _show_line_figures(self, figures: dict[int, LineFigures]) -> None:
        self.conditions.show_counts({node: figure_texts(found) for node, found in figures.items()})


def _scrolling(inside: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    return scroll

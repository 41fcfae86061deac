"""The lines and groups of a condition as widgets, and what is done to them by hand: typing, dragging, keys, the menu of a line,
undo. What is shown is a draft; every change makes a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from desktop.core.people.query.scan import DEEPEST
from desktop.core.people.sentences import Form, Sentence, forms_of
from desktop.ui import theme
from desktop.ui.audiences.builder import draft as drafts
from desktop.ui.audiences.builder.draft import Group, Line, Node, Written, new_id
from desktop.ui.audiences.builder.draft_history import DraftHistory
from desktop.ui.audiences.builder.dragging import Dragging
from desktop.ui.audiences.builder.groups import GroupWidget
from desktop.ui.audiences.builder.line_menu import line_menu
from desktop.ui.audiences.builder.lines import LineWidget, SentenceLine, WrittenLine
from desktop.ui.audiences.builder.tree_keys import key_action
from desktop.ui.audiences.conditions.tab_order import chain
from desktop.ui.audiences.conditions.value_editors import Choices

NodeWidget = LineWidget | GroupWidget


class ConditionTree(QWidget):
    """``changed``: the draft is another one; ``line_wanted(group's number, the button)``: a condition is to be added to a group.

    Args:
        choices: gives the values of a field to choose from.
    """

    changed = Signal()
    line_wanted = Signal(int, QWidget)

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._choices = choices
        self.columns: list[str] = []
        self.nesting = False
        self.history = DraftHistory(Group(new_id()))
        self.parts: list[NodeWidget] = []
        self._widgets: dict[int, NodeWidget] = {}
        self._counts: Mapping[int, tuple[str, str]] = {}
        self.current_id: int | None = None
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(theme.px(8))
        self.dragging = Dragging(self)
        self.tab_before: QWidget = self
        """What Tab leaves before it comes to the first line."""

    # The draft

    @property
    def draft(self) -> Group:
        """What is shown, unfinished lines too."""
        return self.history.now

    def show_draft(self, draft: Group) -> None:
        """Begin with a draft; nothing is said, and there is nothing to undo."""
        self.dragging.end()
        self.history, self._counts = DraftHistory(draft), {}
        self.render_draft()

    def put(self, draft: Group, *, typing: object = None, focus: int | None = None) -> None:
        """Go on with another draft.

        Args:
            draft: the new one.
            typing: see DraftHistory.put.
            focus: the number of the node to put the focus on.
        """
        if draft == self.draft or drafts.depth(draft) > DEEPEST:
            return
        self.history.put(draft, typing)
        self.render_draft(focus)
        self.changed.emit()

    def undo(self) -> None:
        """Take the last change back."""
        self.history.undo()
        self.render_draft()
        self.changed.emit()

    def redo(self) -> None:
        """Take the last undo back."""
        self.history.redo()
        self.render_draft()
        self.changed.emit()

    # What can be done to it

    def add_line(self, field: str, *, extra: bool = False, group_id: int | None = None) -> None:
        """Add a line about a field, and let the owner fill it."""
        sentence = Sentence(field, forms_of(field, extra=extra)[0], (), extra)
        self._add(Line(new_id(), sentence), group_id)

    def add_written(self, group_id: int | None = None) -> None:
        """Add a line of query text."""
        self._add(Line(new_id(), Written(None)), group_id)

    def add_group(self, group_id: int | None = None) -> None:
        """Add a group with two blank lines, of the other kind than the group around it."""
        around = drafts.find(self.draft, group_id) if group_id is not None else self.draft
        blanks = tuple(Line(new_id(), Sentence("tag", Form.ANY_OF)) for _ in range(2))
        any_of = not (isinstance(around, Group) and around.any)
        self._add(Group(new_id(), blanks, any=any_of), group_id)

    def remove(self, node_id: int) -> None:
        """Take a line or group out; the focus goes to what stands beside it."""
        place = drafts.place_of(self.draft, node_id)
        if place is None:
            return
        group, at = place
        rest = [part.id for part in group.parts if part.id != node_id]
        self.put(drafts.removed(self.draft, node_id))
        if rest:
            self.focus_grip(rest[min(at, len(rest) - 1)])

    def act(self, change: Callable[[Group, int], Group], node_id: int | None = None) -> None:
        """Change the draft at a node, by default the one with the focus, and keep the focus on it."""
        where = node_id if node_id is not None else self.current_id
        if where is not None and drafts.find(self.draft, where) is not None:
            self.put(change(self.draft, where))
            self.focus_grip(where)

    def set_kind(self, group_id: int, any_of: bool, negated: bool) -> None:
        """All, or one is enough; turned round or not."""
        group = drafts.find(self.draft, group_id)
        if isinstance(group, Group):
            self.put(drafts.replaced(self.draft, group_id, replace(group, any=any_of, negated=negated)))

    def menu_of(self, node_id: int) -> QMenu:
        """What can be done to a node."""
        return line_menu(self, node_id)

    def widget_of(self, node_id: int) -> NodeWidget | None:
        """The widget of a node."""
        return self._widgets.get(node_id)

    def focus_grip(self, node_id: int) -> None:
        """Put the focus on the handle of a node."""
        widget = self._widgets.get(node_id)
        if widget is not None:
            widget.grip.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_counts(self, texts: Mapping[int, tuple[str, str]]) -> None:
        """Say beside each node how many people it holds: number → (text, hint)."""
        self._counts = texts
        for node_id, widget in self._widgets.items():
            widget.show_count(*texts.get(node_id, ("", "")))

    # Widgets

    def render_draft(self, focus: int | None = None) -> None:
        """Show the draft; widgets of lines that say the same as before stay."""
        old, had_focus = self._widgets, QApplication.focusWidget()
        self._widgets = {}
        before = list(self.parts)
        self.parts = self._filled(self.rows, self.draft.parts, old, level=1)
        kept = set(self._widgets.values())
        for widget in {*old.values(), *before} - kept:
            widget.hide()
            widget.deleteLater()
        self.show_counts(self._counts)
        chain(self.tab_before, iter(self.parts))
        if focus is not None and focus in self._widgets:
            self._widgets[focus].focus_value()
        elif had_focus is not None and self.isAncestorOf(had_focus) and not had_focus.hasFocus():
            had_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filled(
        self, rows: QVBoxLayout, nodes: Sequence[Node], old: Mapping[int, NodeWidget], level: int
    ) -> list[NodeWidget]:
        made = [self._widget(node, old, level) for node in nodes]
        for at, widget in enumerate(made):
            rows.insertWidget(at, widget)
            widget.show()
        return made

    def _widget(self, node: Node, old: Mapping[int, NodeWidget], level: int) -> NodeWidget:
        if isinstance(node, Group):
            return self._group_widget(node, old, level)
        known = old.get(node.id)
        if isinstance(known, LineWidget) and known.node == node:
            self._widgets[node.id] = known
            return known
        if isinstance(node.says, Sentence):
            made: LineWidget = SentenceLine(node, self._choices, self.columns)
        else:
            made = WrittenLine(node, self.columns)
        made.edited.connect(partial(self._line_edited, node.id, made))
        made.turned.connect(partial(self.act, drafts.turned, node.id))
        self._connect(made, node.id)
        return made

    def _group_widget(self, node: Group, old: Mapping[int, NodeWidget], level: int) -> GroupWidget:
        made = GroupWidget(node, level, nesting=self.nesting)
        made.kind_chosen.connect(partial(self.set_kind, node.id))
        made.line_wanted.connect(lambda: self.line_wanted.emit(node.id, made.add_button))
        made.group_wanted.connect(partial(self.add_group, node.id))
        self._connect(made, node.id)
        made.parts = self._filled(made.rows, node.parts, old, level + 1)
        return made

    def _connect(self, made: NodeWidget, node_id: int) -> None:
        self._widgets[node_id] = made
        made.removed.connect(partial(self.remove, node_id))
        made.menu_wanted.connect(partial(self._open_menu, node_id))
        self.dragging.watch(made.grip, node_id)
        self._watch(made)

    def _watch(self, widget: QWidget) -> None:
        for part in (widget, *widget.findChildren(QWidget)):
            part.installEventFilter(self)

    def _line_edited(self, node_id: int, widget: LineWidget) -> None:
        self._watch(widget)
        chain(self.tab_before, iter(self.parts))
        self.history.put(drafts.replaced(self.draft, node_id, widget.node), typing=node_id)
        self.changed.emit()

    def _add(self, node: Node, group_id: int | None) -> None:
        group = drafts.find(self.draft, group_id if group_id is not None else self.draft.id)
        if isinstance(group, Group):
            self.put(drafts.inserted(self.draft, group.id, len(group.parts), node), focus=node.id)

    def _open_menu(self, node_id: int) -> None:
        widget = self._widgets.get(node_id)
        if widget is not None:
            menu = self.menu_of(node_id)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(widget.grip.mapToGlobal(widget.grip.rect().bottomLeft()))

    # Keyboard

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.current_id = self.node_of(watched)
        if isinstance(event, QKeyEvent) and event.type() in (
            QEvent.Type.ShortcutOverride,
            QEvent.Type.KeyPress,
        ):
            action = key_action(self, watched, event)
            if action is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    action()
                return True
        return False

    def node_of(self, inside: QObject) -> int | None:
        """The number of the line or group that something is part of."""
        part = inside if isinstance(inside, QWidget) else None
        while part is not None and part is not self:
            if isinstance(part, LineWidget | GroupWidget):
                return part.node.id
            part = part.parentWidget()
        return None

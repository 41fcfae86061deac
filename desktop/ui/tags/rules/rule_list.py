"""The saved rules: what each asks in words, the tag it puts on, whether imports run it, when it ran last and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.people.query_text import parse
from desktop.store.tagging.rules import Rule
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.audiences.conditions.words import summary
from desktop.ui.tags.tag_table import TagCell
from desktop.ui.widgets.chips import chip_size
from desktop.ui.widgets.labels import small
from desktop.ui.widgets.table import BadgeDelegate, Column, LinkDelegate, SimpleTableModel, Table

NAME, CONDITION, TAG, AFTER, STATE, RAN, ACT = range(7)
WIDTHS = (140, 0, 120, 88, 104, 112, 64)
LEAST_CONDITION = 160
ACTIONS = ("open", "run", "delete")
STATES = ("fails", "never", "ran")


class RuleList(QWidget):
    """``acted(name of an action, rule)``."""

    acted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table = _RuleTable()
        self.model = SimpleTableModel(_columns(), spoken=_spoken, parent=self.table)
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(TAG, TagCell(self.table))
        self.table.setItemDelegateForColumn(STATE, BadgeDelegate(self.table))
        links = LinkDelegate(self.table)
        links.activated.connect(lambda index: self.acted.emit("run", self.model.row(index)))
        self.table.setItemDelegateForColumn(ACT, links)
        self.table.widths = _widths(self.model, self.table)
        self.table.fit_columns(stretch=CONDITION, widths=[LEAST_CONDITION] * len(WIDTHS))
        for at, width in enumerate(self.table.widths):
            self.table.setColumnWidth(at, width)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.opened.connect(lambda index: self.acted.emit("open", self.model.row(index)))
        self.table.deleted.connect(lambda: self.act("delete"))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(lambda place: self._open_menu())
        column.addWidget(self.table, 1)
        column.addWidget(small(t("rules.how_they_run"), wrap=True))

    def show_rules(self, rules: Sequence[Rule]) -> None:
        """Show these; the selection stays."""
        current = self.current
        self.model.set_rows(rules)
        for at, rule in enumerate(self.model.rows):
            if current is not None and rule.id == current.id:
                self.table.setCurrentIndex(self.model.index(at, NAME))

    @property
    def current(self) -> Rule | None:
        """The rule selected."""
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() else None

    def act(self, action: str) -> None:
        """Do something with the rule selected."""
        if self.current is not None:
            self.acted.emit(action, self.current)

    def _open_menu(self) -> None:
        if self.current is None:
            return
        menu = QMenu(self)
        for action in ACTIONS:
            made = menu.addAction(t(f"rules.act.{action}"))
            made.triggered.connect(lambda _=False, name=action: self.act(name))
        menu.aboutToHide.connect(menu.deleteLater)
        below = self.table.visualRect(self.table.currentIndex()).bottomLeft()
        menu.popup(self.table.viewport().mapToGlobal(below))


class _RuleTable(Table):
    deleted = Signal()

    def __init__(self) -> None:
        super().__init__(t("rules.list"))
        self.widths: list[int] = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.viewport().width() - theme.px(LEAST_CONDITION)
        needed = sum(self.widths)
        for column in (RAN, AFTER):
            hide = needed > room
            self.setColumnHidden(column, hide)
            needed -= self.widths[column] if hide and self.widths else 0
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
            return
        super().keyPressEvent(event)


def _widths(model: SimpleTableModel, table: Table) -> list[int]:
    """How wide each column has to be for its title and what it says in the language in use."""
    metrics = table.fontMetrics()
    said = {
        STATE: [t(f"rules.state.{state}") for state in STATES],
        ACT: [t("rules.act.run")],
        TAG: [t("rules.no_tag")],
    }
    found = []
    for column, width in enumerate(WIDTHS):
        title = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        texts = [title, *said.get(column, [])]
        content = max(chip_size(text, metrics).width() for text in texts) + theme.px(18)
        found.append(max(theme.px(width), content) if width else 0)
    return found


def state_of(rule: Rule) -> tuple[str, str]:
    """A rule's state in a word or two, and the badge's kind."""
    if rule.tag is None or rule.error is not None:
        return t("rules.state.fails"), "error"
    return (t("rules.state.ran"), "good") if rule.ran_at else (t("rules.state.never"), "neutral")


def asked(rule: Rule) -> str:
    """The rule's condition in words; as text where it cannot be read."""
    try:
        return summary(parse(rule.query, extra_columns=None))
    except UserError:
        return rule.query


def _columns() -> list[Column]:
    return [
        Column(t("rules.column.name"), lambda rule: rule.name),
        Column(t("rules.column.condition"), asked, role=lambda rule: "muted"),
        Column(t("rules.column.tag"), lambda rule: rule.tag or t("rules.no_tag"), value=_colour),
        Column(t("rules.column.after_imports"), lambda rule: t("rules.yes") if rule.after_imports else "—"),
        Column(t("rules.column.state"), lambda rule: state_of(rule)[0], kind=lambda rule: state_of(rule)[1]),
        Column(t("rules.column.ran"), lambda rule: i18n.moment(rule.ran_at), role=lambda rule: "muted"),
        Column("", lambda rule: t("rules.act.run")),
    ]


def _colour(rule: Rule) -> str:
    return "grey" if rule.tag is None else rule.colour or theme.tag_colour(rule.tag)


def _spoken(rule: Rule) -> str:
    tag = rule.tag or t("rules.no_tag")
    return t("rules.spoken", rule=rule.name, condition=asked(rule), tag=tag, state=state_of(rule)[0])

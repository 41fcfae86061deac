"""What happens when an area is tapped: the kind of action, and the fields that kind has. What LINE would refuse is said below its
field while one types; what is merely not filled in yet waits for the checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.planning.action_rules import problems
from desktop.core.planning.actions import DATE_MODES, INPUT_OPTIONS, Action, ActionKind, Place
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.rich_menu.parts.stacked_rows import StackedRows
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.fields import Select, TextField

KINDS = ("uri", "message", "call", "richmenuswitch", "clipboard", "postback", "datetimepicker")
"""In the order they are offered: what shops use first."""

FIELDS_OF: dict[ActionKind, tuple[str, ...]] = {
    ActionKind.URI: ("uri",),
    ActionKind.CALL: ("phone",),
    ActionKind.MESSAGE: ("message",),
    ActionKind.SWITCH: ("menu",),
    ActionKind.CLIPBOARD: ("clipboard",),
    ActionKind.POSTBACK: ("data", "display_text", "input_option", "fill_in_text"),
    ActionKind.DATETIME: ("data", "mode", "initial", "earliest", "latest"),
}
TEXTS = {"phone": "text", "message": "text", "clipboard": "text"}
"""Fields that are one and the same of the action's; each keeps what was typed into it."""

TYPED = (
    "uri",
    "phone",
    "message",
    "clipboard",
    "data",
    "display_text",
    "fill_in_text",
    "initial",
    "earliest",
    "latest",
)
NO_WEBHOOK = frozenset({ActionKind.POSTBACK, ActionKind.DATETIME})
_ADDRESS = re.compile(r"[^\s/:@]+\.[^\s/:@]{2,}(?:[/?#]\S*)?")


class ActionFields(QWidget):
    """``edited(action, field)``: something else was entered; ``field`` names what is being typed in. ``tab_wanted``: a menu to
    switch to is to be made."""

    edited = Signal(object, str)
    tab_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.action = Action()
        self._name = ""
        self._kept: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self.rows = StackedRows()
        column.addWidget(self.rows)
        kinds = [(ActionKind.NONE, t("rich_menu_page.action.none"))]
        kinds += [(ActionKind(kind), t(f"rich_menu_page.action.{kind}")) for kind in KINDS]
        self.kind = Select(t("rich_menu_page.action"), kinds)
        # Qt keeps a plain str of an enum's member.
        self.kind.chosen.connect(lambda kind: self._choose_kind(ActionKind(kind)))
        self.rows.add(t("rich_menu_page.action"), self.kind)
        self.typed: dict[str, TextField] = {}
        self.chosen: dict[str, Select] = {}
        for field in ("uri", "phone", "message", "clipboard"):
            self._add_typed(field)
        self._add_chosen("menu", [])
        self.tab = button(t("rich_menu_page.tab.make"), self.tab_wanted.emit, icon="plus")
        self.rows.add(t("rich_menu_page.tab"), self.tab, t("rich_menu_page.tab.hint"))
        self._add_typed("data")
        self._add_typed("display_text")
        options = [("", t("rich_menu_page.input.nothing"))]
        options += [(option, t(f"rich_menu_page.input.{option}")) for option in INPUT_OPTIONS]
        self._add_chosen("input_option", options)
        self._add_typed("fill_in_text")
        self._add_chosen("mode", [(mode, t(f"rich_menu_page.picker.{mode}")) for mode in DATE_MODES])
        for field in ("initial", "earliest", "latest"):
            self._add_typed(field)
        self.label = TextField(name=t("rich_menu_page.field.label"))
        self.label.textEdited.connect(self._label_typed)
        self.rows.add(t("rich_menu_page.field.label"), self.label)

    def show_action(self, action: Action, area_name: str, menus: Sequence[tuple[int, str]]) -> None:
        """Show another action, or the same one as it stands.

        Args:
            action: the area's.
            area_name: what is read aloud while the action has no name of its own.
            menus: plan id and name of the menus it can switch to.
        """
        self.action, self._name = action, area_name
        self.kind.set_value(action.kind)
        self.chosen["menu"].set_choices([(None, t("rich_menu_page.menu_choose")), *menus])
        self.chosen["menu"].set_value(action.menu)
        for field in ("input_option", "mode"):
            self.chosen[field].set_value(getattr(action, field))
        for field, widget in self.typed.items():
            shown = field not in TEXTS or field in FIELDS_OF.get(action.kind, ())
            _fill(widget, getattr(action, TEXTS.get(field, field)) if shown else self._kept.get(field, ""))
        _fill(self.label, action.label)
        self.label.setPlaceholderText(area_name)
        self._show_fields()

    def forget(self) -> None:
        """Another area: what was typed for other kinds belongs to the one before."""
        self._kept.clear()

    def focus_on(self, field: str) -> None:
        """Put the caret where something is to be mended; ``field`` is a field of Action."""
        for name in FIELDS_OF.get(self.action.kind, ()):
            if field in (name, TEXTS.get(name)):
                (self.typed.get(name) or self.chosen[name]).setFocus()
                return
        (self.label if field == "label" else self.kind).setFocus()

    # Inside

    def _add_typed(self, field: str) -> None:
        widget = TextField(t(f"rich_menu_page.example.{field}"), t(f"rich_menu_page.field.{field}"))
        widget.textEdited.connect(lambda text: self._typed(field, text))
        if field == "uri":
            widget.editingFinished.connect(self._complete_address)
        self.typed[field] = widget
        self.rows.add(t(f"rich_menu_page.field.{field}"), widget)

    def _add_chosen(self, field: str, choices: list[tuple[object, str]] | list[tuple[str, str]]) -> None:
        widget = Select(t(f"rich_menu_page.field.{field}"), choices)
        widget.chosen.connect(lambda value: self._put(field, **{field: value}))
        self.chosen[field] = widget
        self.rows.add(t(f"rich_menu_page.field.{field}"), widget)

    def _choose_kind(self, kind: ActionKind) -> None:
        for field in FIELDS_OF.get(self.action.kind, ()):
            if field in TEXTS:
                self._kept[field] = self.action.text
        fields = FIELDS_OF.get(kind, ())
        text = next((self._kept.get(field, "") for field in fields if field in TEXTS), self.action.text)
        if kind is ActionKind.MESSAGE and not text:
            text = self._name
        self._put("kind", kind=kind, text=text)
        if fields and fields[0] in self.typed:
            self.typed[fields[0]].setFocus()

    def _typed(self, field: str, text: str) -> None:
        self._put(field, **{TEXTS.get(field, field): text})

    def _label_typed(self, text: str) -> None:
        self._put("label", label=text)

    def _complete_address(self) -> None:
        """An address without its beginning is completed; a number in its place is left to the checks."""
        uri = self.action.uri.strip()
        if _ADDRESS.fullmatch(uri):
            self._put("uri", uri=f"https://{uri}")
            _fill(self.typed["uri"], self.action.uri)

    def _put(self, typing: str, **values: object) -> None:
        changed = replace(self.action, **values)  # type: ignore[arg-type]
        if changed == self.action:
            return
        self.action = changed
        self._show_fields()
        self.edited.emit(changed, typing)

    def _show_fields(self) -> None:
        shown = FIELDS_OF.get(self.action.kind, ())
        for field, widget in (*self.typed.items(), *self.chosen.items()):
            self.rows.show_row(widget, field in shown)
        self.rows.show_row(
            self.typed["fill_in_text"],
            "fill_in_text" in shown and self.action.input_option == "openKeyboard",
        )
        self.rows.show_row(self.tab, self.action.kind is ActionKind.SWITCH and self.action.menu is None)
        self.rows.show_row(self.label, self.action.kind is not ActionKind.NONE)
        self._show_errors(shown)

    def _show_errors(self, shown: tuple[str, ...]) -> None:
        found = problems(self.action, Place.RICH_MENU)
        said: dict[str, tuple[str, str]] = {}
        for problem in found:
            if problem.id == "none" or problem.id.endswith("_missing"):
                continue
            said.setdefault(problem.field, (render(problem.text), "warning" if problem.warning else "error"))
        self.rows.set_error(self.kind, *said.get("kind", ("", "error")))
        self.rows.set_error(self.label, *said.get("label", ("", "error")))
        for field, widget in (*self.typed.items(), *self.chosen.items()):
            wrong = said.get(TEXTS.get(field, field), ("", "error")) if field in shown else ("", "error")
            self.rows.set_error(widget, *wrong)


def _fill(field: TextField, text: str) -> None:
    """What is being typed stays as it is typed, with its caret."""
    if field.text() != text and not field.composing:
        field.setText(text)
        field.setCursorPosition(0)

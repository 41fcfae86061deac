"""What sets two versions of the greeting apart, point by point."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.planning.greeting.balloons import Insert
from desktop.core.planning.greeting.variants import ADDED, REMOVED, SAME, Difference, Run
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.greeting.balloons.editors import kind_title
from desktop.ui.greeting.balloons.insert_field import insert_name
from desktop.ui.widgets.buttons import primary_button
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import heading, muted, text_label

WIDTH, HEIGHT = 680, 480

Row = tuple[str, str, str]
"""What it is about, as it is in the first version, as it is in the other; the last two as rich text."""


def rows_of(found: Sequence[Difference]) -> list[Row]:
    """What is told of differences: balloon by balloon, what stays the same left out."""
    rows = []
    for one in found:
        place = one.after if one.after is not None else one.before
        number = "" if place is None else str(place + 1)
        name = t("greeting_page.balloon", number=number, kind=kind_title(one.kind))
        if one.state == SAME:
            if one.before != one.after and one.before is not None:
                rows.append(
                    (name, t("greeting_page.was_at", number=str(one.before + 1)), _words(one.runs, ADDED))
                )
            continue
        before, after = _words(one.runs, REMOVED), _words(one.runs, ADDED)
        for change in one.fields:
            label = escape(render(change.label))
            before += _line(label, change.before, "error")
            after += _line(label, change.after, "good")
        if one.state == ADDED:
            before = escape(t("greeting_page.not_there"))
            after = after or escape(t("greeting_page.is_there"))
        elif one.state == REMOVED:
            after = escape(t("greeting_page.not_there"))
            before = before or escape(t("greeting_page.is_there"))
        rows.append((name, before, after))
    return rows


def _words(runs: Sequence[Run], marked: str) -> str:
    """A text with what only it has marked; what only the other has left out."""
    role, line = ("error", "line-through") if marked == REMOVED else ("good", "underline")
    found = ""
    for run in runs:
        part = run.part
        text = t("greeting_page.chip", name=insert_name(part)) if isinstance(part, Insert) else part
        words = escape(text).replace("\n", "<br>")
        if run.state == marked:
            style = f"color: {theme.colour(role).name()}; text-decoration: {line}"
            found += f'<span style="{style}">{words}</span>'
        elif run.state == SAME:
            found += words
    return found


def _line(label: str, value: str, role: str) -> str:
    shown = escape(value) if value else escape(t("greeting_page.nothing"))
    return f'<div>{label}<br><span style="color: {theme.colour(role).name()}">{shown}</span></div>'


class DifferencesDialog(QDialog):
    """See the module.

    Args:
        parent: any widget of the window.
        name: of the version on screen.
        others: plan id and name of the versions it can be compared with.
        compare: what differs from one of them.
    """

    def __init__(
        self,
        parent: QWidget,
        name: str,
        others: Sequence[tuple[int, str]],
        compare: Callable[[int], Sequence[Difference]],
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(t("greeting_page.differences"))
        self._name, self._compare = name, compare
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("greeting_page.differences")))
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(text_label(t("greeting_page.compare_with", name=name), wrap=False))
        self.other = Select(t("greeting_page.other_variant"), others)
        self.other.chosen.connect(lambda _: self._show())
        top.addWidget(self.other)
        top.addStretch(1)
        column.addLayout(top)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._scroll, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(primary_button(t("shell.close"), self.accept))
        column.addLayout(row)
        self.rows: Sequence[Row] = ()
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))
        self._show()

    def _show(self) -> None:
        self.rows = rows_of(self._compare(int(self.other.value())))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.px(6), 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(12))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        if not self.rows:
            grid.addWidget(muted(t("greeting_page.no_differences")), 0, 0)
        else:
            grid.addWidget(heading(self._name), 0, 1)
            grid.addWidget(heading(self.other.currentText()), 0, 2)
        for at, row in enumerate(self.rows, start=1):
            for place, text in enumerate(row):
                label = muted(text, wrap=True) if place == 0 else text_label(text)
                label.setTextFormat(Qt.TextFormat.PlainText if place == 0 else Qt.TextFormat.RichText)
                label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(label, at, place)
        grid.setRowStretch(len(self.rows) + 1, 1)
        self._scroll.setWidget(inside)

"""One line of a check: a mark that is no colour alone, what was found, and the one press that mends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.labels import IconLabel, set_kind, text_label

MARKS = {
    "ok": ("check", "good", ""),
    "warning": ("warning-circle", "warning", ""),
    "error": ("x", "error", "error"),
}
SIDE = 15


@dataclass(frozen=True)
class Finding:
    """What a line shows.

    Args:
        key: tells it from the others.
        state: one of MARKS.
        text: what was found.
        cure: what the button says; "" for none.
        run: what it does.
    """

    key: object
    state: str
    text: str
    cure: str = ""
    run: Callable[[], object] | None = None


class FindingRow(QWidget):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.finding = Finding(None, "ok", "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        self._mark = IconLabel("check", "good", SIDE)
        marks = QVBoxLayout()
        marks.setContentsMargins(0, theme.px(3), 0, 0)
        marks.addWidget(self._mark)
        marks.addStretch(1)
        row.addLayout(marks)
        self._text = text_label()
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._text.setMinimumHeight(theme.px(22))
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        row.addWidget(self._text, 1)
        self.cure = link_button("", self._run)
        row.addWidget(self.cure, 0, Qt.AlignmentFlag.AlignTop)

    def show_finding(self, finding: Finding) -> None:
        """Show another one."""
        self.finding = finding
        icon, role, kind = MARKS[finding.state]
        self._mark.set(icon, role)
        set_kind(self._text, kind)
        if self._text.text() != finding.text:
            self._text.setText(finding.text)
        spoken = t(f"rich_menu_page.state.{finding.state}")
        self._text.setAccessibleName(f"{spoken}: {finding.text}")
        self.cure.setVisible(bool(finding.cure))
        if self.cure.text() != finding.cure:
            self.cure.setText(finding.cure)
        self.cure.setAccessibleName(f"{finding.cure}: {finding.text}")

    def _run(self) -> None:
        if self.finding.run is not None:
            self.finding.run()


class FindingList(QWidget):
    """Lines under one another; those there are used again, so that nothing flickers while one types.

    ``shown``: another number of lines.
    """

    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(5))
        self.rows: list[FindingRow] = []

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these."""
        while len(self.rows) < len(findings):
            row = FindingRow()
            self.rows.append(row)
            self._column.addWidget(row)
        while len(self.rows) > len(findings):
            row = self.rows.pop()
            row.hide()
            row.deleteLater()
        for row, finding in zip(self.rows, findings, strict=True):
            row.show_finding(finding)
        self.shown.emit()

    def findings(self) -> list[Finding]:
        """What is shown."""
        return [row.finding for row in self.rows]

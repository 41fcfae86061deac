"""A doubtful row beside the people it may be about: field by field, with what agrees and what differs marked by
sign and colour."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QWidget

from desktop.importer.checking.report import AmbiguousRow, CandidateView
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import heading, muted, set_kind, text_label

_LONG, _KEPT = 28, 8
FIELDS = ("name", "member_no", "phone", "email", "line_user_id")


class CandidatesTable(QScrollArea):
    """See the module.

    Args:
        choose: called with the place of the person chosen.
    """

    def __init__(self, choose: Callable[[int], object]) -> None:
        super().__init__()
        self._choose = choose
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(t("import_page.candidates"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons: list[QPushButton] = []

    def show_row(self, row: AmbiguousRow, decided: str | None) -> None:
        """Show a row; ``decided`` is what was chosen for it so far."""
        page = QWidget()
        page.setProperty("kind", "panel")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(18))
        grid.setVerticalSpacing(theme.px(8))
        grid.addWidget(heading(t("import_page.row", row=str(row.row))), 0, 1)
        for place, field in enumerate(FIELDS, start=1):
            grid.addWidget(muted(t(f"importing.field.{field}")), place, 0)
            grid.addWidget(_value(_told(row, field)), place, 1)
        self.buttons = []
        for place, candidate in enumerate(row.candidates):
            self._add_candidate(grid, place, candidate, decided)
        grid.setColumnStretch(len(row.candidates) + 2, 1)
        grid.setRowStretch(len(FIELDS) + 2, 1)
        self.setWidget(page)

    def _add_candidate(
        self, grid: QGridLayout, place: int, candidate: CandidateView, decided: str | None
    ) -> None:
        letter = chr(ord("A") + place)
        column = place + 2
        if candidate.id is None:
            title = t("import_page.candidate_row", letter=letter, row=str(candidate.row or 0))
        else:
            title = t("import_page.candidate", letter=letter)
        grid.addWidget(heading(title), 0, column)
        for line, field in enumerate(FIELDS, start=1):
            grid.addWidget(_compared(candidate, field), line, column)
        press = button(t("import_page.this_one", letter=letter), partial(self._choose, place))
        press.setAccessibleName(
            t("import_page.this_one_spoken", letter=letter, name=candidate.name or candidate.member_no or "")
        )
        press.setEnabled(candidate.id is not None)
        if decided and candidate.decision == decided:
            press.setProperty("kind", "primary")
        self.buttons.append(press)
        grid.addWidget(press, len(FIELDS) + 1, column)


def _told(row: AmbiguousRow | CandidateView, field: str) -> str:
    value = getattr(row, field)
    if value and field == "phone":
        return i18n.phone(value)
    return value or ""


def _value(text: str) -> QLabel:
    label = text_label(_short(text) or "—")
    label.setToolTip(text if _short(text) != text else "")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setMaximumWidth(theme.px(220))
    return label


def _compared(candidate: CandidateView, field: str) -> QLabel:
    value = _told(candidate, field)
    label = _value(value)
    value = _short(value)
    if field in candidate.agrees:
        label.setText(t("import_page.agrees", value=value or "—"))
        set_kind(label, "good")
    elif field in candidate.differs:
        label.setText(t("import_page.differs", value=value))
        set_kind(label, "warning")
    return label


def _short(text: str) -> str:
    """A user ID by its beginning and end; people compare those."""
    return f"{text[:_KEPT]}…{text[-_KEPT:]}" if len(text) > _LONG and " " not in text else text

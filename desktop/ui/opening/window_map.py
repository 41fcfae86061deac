"""Where everything in the window is on the screen, written to a file for a test that drives the program from outside with mouse
and keys. Loaded only when TAGLINE_WINDOW_MAP names that file; it looks and never touches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from desktop.ui.main_window import MainWindow

WINDOW_MAP = "TAGLINE_WINDOW_MAP"
EVERY_MS = 120
MOST_ROWS = 40


class WindowMap(QObject):
    """Writes the map a few times a second; the file is replaced whole each time.

    Args:
        file: where to write; its folder exists.
        parent: the map ends with it.
    """

    def __init__(self, file: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._file = file
        self._serial = 0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._write)
        self._timer.start()

    def _write(self) -> None:
        self._serial += 1
        temporary = self._file.with_name(self._file.name + ".new")
        temporary.write_text(json.dumps(self._seen(), ensure_ascii=False), "utf-8")
        temporary.replace(self._file)

    def _seen(self) -> dict[str, Any]:
        windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        main = next((one for one in windows if isinstance(one, MainWindow)), None)
        page = main.shell.stack.current if main is not None and main.shell is not None else None
        shop = main.shell.shop if main is not None and main.shell is not None else None
        return {
            "serial": self._serial,
            "page": page.page_id if page is not None else "",
            "idle": shop is None or shop.jobs.is_idle,
            "windows": [_window(one) for one in windows],
            "widgets": [
                _widget(one)
                for window in windows
                for one in (window, *window.findChildren(QWidget))
                if one.isVisible() and not one.visibleRegion().isEmpty()
            ],
        }


def _window(window: QWidget) -> dict[str, Any]:
    return {
        "title": window.windowTitle(),
        "kind": type(window).__name__,
        "id": int(window.winId()),
        "rect": _on_screen(window, window.rect()),
        "active": window.isActiveWindow(),
    }


def _widget(widget: QWidget) -> dict[str, Any]:
    seen: dict[str, Any] = {
        "kind": type(widget).__name__,
        "object": widget.objectName(),
        "name": widget.accessibleName(),
        "text": _text(widget),
        "rect": _on_screen(widget, _free(widget.visibleRegion())),
        "enabled": widget.isEnabled(),
        "focus": widget.hasFocus(),
        "top": widget.window().windowTitle(),
    }
    if isinstance(widget, QAbstractItemView):
        seen["rows"] = _rows(widget)
    if isinstance(widget, QMenu | QMenuBar):
        seen["rows"] = [
            {"cells": [action.text()], "rect": _on_screen(widget, widget.actionGeometry(action))}
            for action in widget.actions()
            if action.isVisible() and not action.isSeparator()
        ]
    return seen


def _text(widget: QWidget) -> str:
    if isinstance(widget, QAbstractButton | QLabel | QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return ""


def _rows(view: QAbstractItemView) -> list[dict[str, Any]]:
    """The rows in view: what their cells show, and where they are."""
    model, area, found = view.model(), view.viewport().rect(), []
    first = view.indexAt(QPoint(area.width() // 3, 1))
    if not first.isValid():
        return []
    columns = range(model.columnCount()) if isinstance(view, QTableView) else range(1)
    for row in range(first.row(), min(model.rowCount(), first.row() + MOST_ROWS)):
        cells = [model.index(row, column, first.parent()) for column in columns]
        seen = QRect()
        for cell in cells:
            seen = seen.united(view.visualRect(cell).intersected(area))
        if seen.isEmpty():
            break
        found.append(
            {
                "cells": [str(cell.data(Qt.ItemDataRole.DisplayRole) or "") for cell in cells],
                "rect": _on_screen(view.viewport(), seen),
                "cell_rects": [_on_screen(view.viewport(), view.visualRect(cell)) for cell in cells],
            }
        )
    return found


def _free(region: QRegion) -> QRect:
    """The largest piece of what is in sight: a click in its middle meets the widget."""
    pieces = [QRect(piece) for piece in region]  # type: ignore[attr-defined]  # a QRegion can be gone through
    return max(pieces, key=lambda piece: piece.width() * piece.height(), default=QRect())


def _on_screen(widget: QWidget, area: QRect) -> list[int]:
    """Left, top, width, height in the screen's own pixels."""
    ratio = widget.devicePixelRatio()
    at = widget.mapToGlobal(area.topLeft())
    return [round(value * ratio) for value in (at.x(), at.y(), area.width(), area.height())]

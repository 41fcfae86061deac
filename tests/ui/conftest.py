"""What the window's tests share."""

from __future__ import annotations

from tests.qt_application import _no_window_left, qt_application

__all__ = ["_no_window_left", "qt_application"]

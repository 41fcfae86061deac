"""What the window's tests share."""

from __future__ import annotations

from tests.qt_application import _no_window_left, qt_application
from tests.ui.shop_window import desk, dialogs, program, shop_path, window

__all__ = ["_no_window_left", "desk", "dialogs", "program", "qt_application", "shop_path", "window"]

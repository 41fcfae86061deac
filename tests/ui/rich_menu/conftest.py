"""The fixtures of the page with LINE on loopback."""

from __future__ import annotations

from tests.ui.line_shop import line, practice_desk, practice_path, practice_window

__all__ = ["line", "practice_desk", "practice_path", "practice_window"]

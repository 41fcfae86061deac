"""The fixtures of the pages that talk to LINE."""

from __future__ import annotations

from tests.ui.line_shop import line, practice_desk, practice_path, practice_window

__all__ = ["line", "practice_desk", "practice_path", "practice_window"]

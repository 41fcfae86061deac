"""What the drawn menus' tests share."""

from __future__ import annotations

from tests.ui.approved.compare import approved

__all__ = ["approved"]

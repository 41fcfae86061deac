"""Approved pictures of the plan's parts."""

from __future__ import annotations

from tests.ui.approved.compare import approved

__all__ = ["approved"]

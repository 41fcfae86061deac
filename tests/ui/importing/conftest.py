"""Fixtures of the import page's tests."""

from __future__ import annotations

from tests.ui.importing.importing_window import dates_file, members_file, orders_file

__all__ = ["dates_file", "members_file", "orders_file"]

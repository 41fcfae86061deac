"""What the drawn menus' tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop import text
from tests.ui.approved.compare import approved

__all__ = ["approved"]


@pytest.fixture(autouse=True)
def _chinese_shop() -> Iterator[None]:
    """Characters that Chinese and Japanese share are drawn as the window's language writes them."""
    before = text.language()
    text.use_language("zh_TW")
    yield
    text.use_language(before)

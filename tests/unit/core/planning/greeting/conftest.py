"""Greetings are written in Chinese here, whatever language an earlier test left."""

from __future__ import annotations

import pytest

from desktop import text


@pytest.fixture(autouse=True)
def _in_chinese() -> None:
    text.use_language("zh_TW")

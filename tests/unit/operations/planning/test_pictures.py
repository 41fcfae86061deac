"""Pictures in the shop file: kept once, only what LINE takes."""

from __future__ import annotations

import pytest

from desktop.core.errors import UserError
from desktop.operations.planning import pictures
from desktop.store.database import Database

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"y" * 40


def test_the_same_file_is_kept_once(db: Database) -> None:
    first = pictures.keep(db, PNG, 10, 20, "甲.png")
    assert pictures.keep(db, PNG, 10, 20, "乙.png") == first
    other = pictures.keep(db, JPEG, 30, 40, "丙.jpg")
    kept = pictures.existing(db, other)
    assert (kept.media_type, kept.width, kept.height, kept.bytes, kept.name) == (
        "image/jpeg",
        30,
        40,
        JPEG,
        "丙.jpg",
    )


@pytest.mark.parametrize("data", [b"", b"GIF89a....", b"RIFFxxxxWEBP", b"<svg/>"])
def test_other_files_are_refused_by_what_is_in_them(db: Database, data: bytes) -> None:
    with pytest.raises(UserError):
        pictures.keep(db, data, 1, 1, "圖.png")
    assert db.value("SELECT count(*) FROM picture") == 0


def test_too_large_for_a_message_is_refused(db: Database) -> None:
    with pytest.raises(UserError):
        pictures.keep(db, PNG + b"z" * pictures.LARGEST, 1, 1, "大.png")

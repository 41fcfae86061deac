"""Pictures of the owner's: read from any file, upright, and brought to a size and a weight."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from desktop.text import render
from desktop.ui.pictures import loading
from desktop.ui.pictures.fitting import covered, cropped, encoded, fit_bytes
from desktop.ui.pictures.loading import UnreadablePicture, load, load_bytes


def halves(width: int = 60, height: int = 40) -> QImage:
    """Red above, blue below."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    for row in range(height // 2, height):
        for column in range(width):
            image.setPixelColor(column, row, QColor("blue"))
    return image


def turned_by_the_camera(image: QImage, orientation: int) -> bytes:
    """A JPEG that says in its EXIF data how it is to be turned."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"MM\x00\x2a" + struct.pack(">I", 8) + struct.pack(">H", 1) + entry + struct.pack(">I", 0)
    body = b"Exif\x00\x00" + tiff
    plain = encoded(image, "JPEG", 95)
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + plain[2:]


def is_reddish(colour: QColor) -> bool:
    return colour.red() > 180 and colour.blue() < 80


def test_a_picture_stands_as_the_camera_meant_it() -> None:
    assert is_reddish(load_bytes(turned_by_the_camera(halves(), 1)).pixelColor(30, 5))
    upside_down = load_bytes(turned_by_the_camera(halves(), 3))
    assert is_reddish(upside_down.pixelColor(30, 35))
    lying = load_bytes(turned_by_the_camera(halves(), 6))
    assert (lying.width(), lying.height()) == (40, 60)
    assert is_reddish(lying.pixelColor(35, 30))


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "BMP", "PPM"])
def test_a_file_is_read_whatever_it_is_called(tmp_path: Path, file_format: str) -> None:
    file = tmp_path / "照片.jpg"
    file.write_bytes(encoded(halves(), file_format))
    assert (load(file).width(), load(file).height()) == (60, 40)


def test_what_is_no_picture_says_so(tmp_path: Path) -> None:
    file = tmp_path / "菜單.png"
    for data in (b"", b"no picture", encoded(halves(400, 300), "PNG")[:120]):
        file.write_bytes(data)
        with pytest.raises(UnreadablePicture) as told:
            load(file)
        assert "菜單.png" in render(told.value.text)
    with pytest.raises(UnreadablePicture):
        load(tmp_path / "gone.png")


def test_a_huge_picture_is_read_smaller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MOST_PIXELS", 10_000)
    read = load_bytes(encoded(QImage(400, 100, QImage.Format.Format_RGB32), "PNG"))
    assert read.width() * read.height() <= 10_000
    assert read.width() == pytest.approx(4 * read.height(), abs=4)


@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 200), st.integers(1, 200))
def test_a_picture_fills_any_size(width: int, height: int, wanted_width: int, wanted_height: int) -> None:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    for made in (cropped(image, wanted_width, wanted_height), covered(image, wanted_width, wanted_height)):
        assert (made.width(), made.height()) == (wanted_width, wanted_height)
        assert (
            made.pixelColor(0, 0).name()
            == made.pixelColor(wanted_width - 1, wanted_height - 1).name()
            == "#ff0000"
        )


def test_what_stands_over_is_cut_off_evenly() -> None:
    wide = QImage(300, 100, QImage.Format.Format_RGB32)
    wide.fill(QColor("white"))
    for column in range(100, 200):
        for row in range(100):
            wide.setPixelColor(column, row, QColor("black"))
    assert cropped(wide, 50, 50).pixelColor(2, 25).lightness() < 60
    assert cropped(wide, 50, 50).pixelColor(47, 25).lightness() < 60


def test_what_is_transparent_gets_a_ground() -> None:
    clear = QImage(40, 40, QImage.Format.Format_ARGB32)
    clear.fill(Qt.GlobalColor.transparent)
    file = fit_bytes(clear, 40, 40, 100_000, ground="#ffeedd", png=False)
    assert QColor(QImage.fromData(file.data).pixelColor(20, 20)).name() in ("#ffeedd", "#ffeede", "#feeedd")
    assert cropped(clear, 20, 20).hasAlphaChannel()


def test_flat_pictures_stay_sharp_and_photos_get_as_good_as_fits() -> None:
    flat = fit_bytes(halves(600, 400), 600, 400, 50_000)
    assert flat.media_type == "image/png"
    noise = QImage(random.Random(3).randbytes(400 * 300 * 4), 400, 300, QImage.Format.Format_RGB32)
    large, small = (fit_bytes(noise, 400, 300, most) for most in (120_000, 30_000))
    assert {large.media_type, small.media_type} == {"image/jpeg"}
    assert 30_000 < len(large.data) <= 120_000
    assert len(small.data) <= 30_000
    with pytest.raises(ValueError, match="do not fit"):
        fit_bytes(noise, 400, 300, 100)

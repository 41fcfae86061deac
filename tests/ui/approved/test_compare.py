"""The comparison itself: it sees what a person sees and overlooks what nobody sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QImage, QPainter

from desktop.ui import theme
from tests.ui.approved.compare import Approved, difference


def picture(colour: str = "#8cabd8", *, size: tuple[int, int] = (200, 100)) -> QImage:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def with_text(text: str) -> QImage:
    image = picture("#ffffff")
    painter = QPainter(image)
    painter.setFont(theme.font("zh_TW"))
    painter.drawText(10, 40, text)
    painter.end()
    return image


def test_the_same_is_alike() -> None:
    found = difference(picture(), picture())
    assert (found.mean, found.far, found.is_small) == (0.0, 0.0, True)


def test_a_breath_of_colour_is_overlooked_and_another_colour_is_not() -> None:
    assert difference(picture("#8cabd8"), picture("#8caad8")).is_small
    assert not difference(picture("#8cabd8"), picture("#8fa8d4")).is_small


def test_a_missing_letter_is_seen(approved: Approved) -> None:
    found = difference(with_text("歡迎加入日日咖啡"), with_text("歡迎加入日日咖"))
    assert not found.is_small
    assert found.picture.pixelColor(115, 36).lightness() < 128 or found.far > 0


def test_what_is_transparent_is_compared() -> None:
    clear = QImage(20, 20, QImage.Format.Format_ARGB32_Premultiplied)
    clear.fill(0)
    assert not difference(clear, picture("#000000", size=(20, 20))).is_small


def test_a_picture_nobody_approved_fails_and_is_shown(tmp_path: Path) -> None:
    asked = Approved(tmp_path / "known", tmp_path / "out", approve=False)
    with pytest.raises(pytest.fail.Exception, match="never approved"):
        asked(picture(), "area/new")
    assert (tmp_path / "out" / "area" / "new.seen.png").exists()


def test_approved_once_it_must_stay(tmp_path: Path) -> None:
    Approved(tmp_path, tmp_path / "out", approve=True)(picture(), "area/one")
    asked = Approved(tmp_path, tmp_path / "out", approve=False)
    asked(picture(), "area/one")
    with pytest.raises(pytest.fail.Exception, match="looks different"):
        asked(picture("#ffffff"), "area/one")
    assert (tmp_path / "out" / "area" / "one.difference.png").exists()
    with pytest.raises(pytest.fail.Exception, match="200 × 90"):
        asked(picture(size=(200, 90)), "area/one")


def test_a_large_picture_is_shrunk_before_it_is_kept(tmp_path: Path) -> None:
    Approved(tmp_path, tmp_path / "out", approve=True)(picture(size=(2500, 843)), "menu", width=500)
    assert QImage(str(tmp_path / "menu.png")).width() == 500


@pytest.mark.parametrize("language", ["zh_TW", "en", "ja"])
def test_the_font_is_the_same_on_every_machine(approved: Approved, language: str) -> None:
    plain = theme.font(language)
    bold = QFont(plain)
    bold.setBold(True)
    assert QFontInfo(plain).family().startswith("Approved")
    assert QFontInfo(bold).family() == QFontInfo(plain).family()

"""The ground that the window's tests stand on: no screen, the bundled font, a caret that does not blink."""

from __future__ import annotations

from PySide6.QtGui import QFontInfo, QFontMetrics, QGuiApplication, QRawFont
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from tests.qt_application import FONT_FAMILY, FONT_PIXELS


def test_the_application_has_no_screen_and_one_fixed_look(qt_application: QApplication) -> None:
    assert QGuiApplication.platformName() == "offscreen"
    assert qt_application.style().objectName().lower() == "fusion"
    assert QFontInfo(qt_application.font()).family() == FONT_FAMILY
    assert qt_application.font().pixelSize() == FONT_PIXELS
    assert qt_application.cursorFlashTime() == 0


def test_the_font_has_the_characters_of_names_and_of_all_three_languages(
    qt_application: QApplication,
) -> None:
    font = QRawFont.fromFont(qt_application.font())
    assert [
        letter for letter in "會員貼標堃喆峯煊犇「」カフェのA9" if not font.supportsCharacter(ord(letter))
    ] == []
    assert QFontMetrics(qt_application.font()).horizontalAdvance("會員") == 2 * FONT_PIXELS


def test_a_window_opens_takes_text_and_closes_without_a_word_from_qt(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    field = QLineEdit()
    window.setCentralWidget(field)
    window.setMinimumSize(300, 200)
    window.resize(400, 300)
    window.show()
    qtbot.waitExposed(window)
    window.raise_()
    window.activateWindow()
    qtbot.keyClicks(field, "VIP")
    window.showMaximized()
    window.showNormal()
    assert field.text() == "VIP"

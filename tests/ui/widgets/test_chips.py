"""Chips show their whole text, and a flow of them keeps its margins."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.widgets.chips import Chip, FlowLayout


@pytest.mark.parametrize("text", ["熟客", "VIP", "60 天未回購", "Regular guest", "WWWWWWii", "常連さん"])
@pytest.mark.parametrize("removable", [False, True])
def test_a_chip_has_room_for_its_last_letter(text: str, removable: bool, qtbot: QtBot) -> None:
    chip = Chip(text, removable=removable)
    qtbot.addWidget(chip)
    room = chip.sizeHint().width() - theme.px(8) - theme.px(22 if removable else 8)
    assert chip.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room) == text


def test_a_flow_keeps_its_margins(qtbot: QtBot) -> None:
    inside = QWidget()
    qtbot.addWidget(inside)
    flow = FlowLayout(inside, gap=4)
    chips = [Chip(f"標籤 {number}") for number in range(6)]
    for chip in chips:
        flow.addWidget(chip)
    plain = flow.heightForWidth(300)
    flow.setContentsMargins(20, 10, 30, 5)
    assert flow.heightForWidth(350) == plain + 15
    flow.setGeometry(QRect(0, 0, 350, plain + 15))
    assert all(QRect(20, 10, 300, plain).contains(chip.geometry()) for chip in chips)

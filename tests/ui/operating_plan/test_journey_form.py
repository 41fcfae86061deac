"""The form of a journey's stage."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.core.planning.operating.journey import JourneyStage
from desktop.ui.operating_plan.journeys.journey_dialog import StageForm


def test_what_is_too_long_for_its_field_is_read_from_its_beginning(qtbot: QtBot) -> None:
    form = StageForm(JourneyStage("a", "綁定", "bound:yes", advice="請他填三題問卷，或給首購優惠。" * 8), ())
    qtbot.addWidget(form)
    assert form.advice.cursorPosition() == 0

"""The small models beside the list keep Qt's rules: suggestions, tags as filters, people found at the till."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt

from desktop.core.people.tag import Tag
from desktop.ui.counter.matches import MatchList, MatchModel
from desktop.ui.members.tagging.suggestion_list import SuggestionModel
from desktop.ui.members.tagging.suggestions import Suggestion
from desktop.ui.members.tagging.tag_filters import TagFilterModel
from desktop.ui.opening.program import Program
from tests.ui.members.test_members_model import member

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def filters() -> TagFilterModel:
    made = TagFilterModel()
    made.show_tags([Tag(1, "熟客", people=3), Tag(2, "VIP", people=1)])
    made.show_states({"vip": "excluded"})
    return made


def suggestions() -> SuggestionModel:
    made = SuggestionModel()
    made.show([Suggestion("熟客", 3, start=0, length=1), Suggestion("新的", new=True)])
    return made


def matches() -> MatchModel:
    made = MatchModel()
    made.show([member(1), member(2)])
    return made


@pytest.mark.parametrize("made", [filters, suggestions, matches])
def test_it_keeps_qts_rules_and_speaks(program: Program, qtmodeltester: object, made: object) -> None:
    model: QAbstractItemModel = made()  # type: ignore[operator]
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    spoken = [model.index(row, 0).data(SPOKEN) for row in range(model.rowCount())]
    assert len(spoken) == 2
    assert all(spoken)


def test_the_list_of_people_found_never_takes_the_focus_or_a_composition(program: Program) -> None:
    made = MatchList()
    assert made.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert not made.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

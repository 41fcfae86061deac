"""The model of the list: ordered ids, pages read when they are looked at, blank rows until then."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.store.people import MemberRow
from desktop.ui.members.columns import COLUMNS, PLACE
from desktop.ui.members.members_model import MembersModel
from desktop.ui.paging.paged_model import KEPT_ROWS, PAGE

DISPLAY = Qt.ItemDataRole.DisplayRole


def member(person: int) -> MemberRow:
    return MemberRow(
        person, f"會員{person}", None, f"W{person}", "+886912345678", None, f"U{person:032x}", None, "信義店",
        None, None, 3, 1200, "2026-11-02", None, None, 0, None, ((1, "熟客", "green"),),
    )  # fmt: skip


class Shop:
    """Counts what is read; ``gone`` are people who are no longer there."""

    def __init__(self) -> None:
        self.read: list[list[int]] = []
        self.gone: set[int] = set()

    def load(self, ids: Sequence[int]) -> dict[int, MemberRow]:
        self.read.append(list(ids))
        return {person: member(person) for person in ids if person not in self.gone}


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def model(shop: Shop, qtbot: QtBot) -> MembersModel:
    made = MembersModel(shop.load, lambda person: person == 2)
    made.set_ids(array("q", range(1, 201)))
    return made


def shown(model: MembersModel, row: int, column: str) -> object:
    return model.index(row, PLACE[column]).data(DISPLAY)


def test_it_keeps_qts_rules_for_models_while_lists_come_and_go(model: MembersModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.prepare(0, 50)
    for ids in (range(1, 301), range(50, 60), range(0), range(7, 9)):
        model.set_ids(array("q", ids))
        assert model.rowCount() == len(ids)
    model.forget_rows()
    assert tester.model() is model
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount() == len(COLUMNS)


def test_columns_of_the_shops_own_come_and_go(model: MembersModel, qtmodeltester: object) -> None:
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    for names in (["口味", "年資"], ["年資"], [], ["口味"]):
        model.set_extra(names)
        qtmodeltester.check(model)  # type: ignore[attr-defined]
        assert model.columnCount() == len(COLUMNS) + len(names)
    assert not model.set_extra(["口味"])
    assert model.index(0, len(COLUMNS)).data(DISPLAY) is None
    model.prepare(0, 1)
    assert model.index(0, len(COLUMNS)).data(DISPLAY) == ""


def test_a_row_is_blank_until_its_page_arrives_which_then_says_so(
    model: MembersModel, shop: Shop, qtbot: QtBot
) -> None:
    assert shown(model, 70, "name") is None
    with qtbot.waitSignal(model.dataChanged) as arrived:
        pass
    first, last = arrived.args[0], arrived.args[1]
    assert (first.row(), last.row()) == (PAGE, 2 * PAGE - 1)
    assert shown(model, 70, "name") == "會員71"
    assert shop.read == [list(range(PAGE + 1, 2 * PAGE + 1))]


def test_only_the_rows_that_are_prepared_are_read_and_only_once(model: MembersModel, shop: Shop) -> None:
    model.prepare(60, 80)
    model.prepare(60, 80)
    assert [len(page) for page in shop.read] == [PAGE, PAGE]
    assert shown(model, 60, "phone") == "0912-345-678"
    assert shown(model, 60, "total") == "$1,200"


def test_a_person_who_is_gone_leaves_a_blank_row(model: MembersModel, shop: Shop) -> None:
    shop.gone = {3}
    model.prepare(0, 10)
    assert shown(model, 2, "name") is None
    assert shown(model, 3, "name") == "會員4"
    model.prepare(0, 10)
    assert len(shop.read) == 1


def test_another_order_needs_no_reading_of_rows_known_already(model: MembersModel, shop: Shop) -> None:
    model.prepare(0, 40)
    model.set_ids(array("q", reversed(range(1, 41))))
    model.prepare(0, 39)
    assert len(shop.read) == 1
    assert shown(model, 0, "name") == "會員40"


def test_after_a_change_rows_are_read_again(model: MembersModel, shop: Shop) -> None:
    model.prepare(0, 10)
    model.forget_rows()
    model.prepare(0, 10)
    assert len(shop.read) == 2


def test_memory_stays_small_however_far_is_scrolled(shop: Shop, qtbot: QtBot) -> None:
    model = MembersModel(shop.load)
    model.set_ids(array("q", range(1, 20_001)))
    for first in range(0, 20_000, PAGE):
        model.prepare(first, first + 1)
    assert model.known(19_999) is not None
    assert model.known(0) is None
    assert sum(model.known(row) is not None for row in range(20_000)) <= KEPT_ROWS


def test_a_row_can_be_heard(model: MembersModel) -> None:
    model.prepare(0, 5)
    role = Qt.ItemDataRole.AccessibleTextRole
    sentence = model.index(0, 0).data(role)
    assert sentence.startswith("會員1，標籤 1 個：熟客，LINE 已綁定")
    assert "已選取" not in sentence
    assert "已選取" in model.index(1, 0).data(role)
    assert model.index(0, PLACE["store"]).data(role) == "信義店"


def test_numbers_stand_at_the_right(model: MembersModel) -> None:
    for column, right in (("name", False), ("orders", True), ("total", True)):
        alignment = model.index(0, PLACE[column]).data(Qt.ItemDataRole.TextAlignmentRole)
        assert bool(alignment & int(Qt.AlignmentFlag.AlignRight)) is right


def test_an_index_outside_of_the_list_holds_nothing(model: MembersModel) -> None:
    assert model.data(QModelIndex(), DISPLAY) is None
    assert model.row_of(200) == 199
    assert model.row_of(201) is None

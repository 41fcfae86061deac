"""The bench itself: rivals still run, ratios and the table say what was measured, what is missing is said."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.bench import runner, sizes, table
from tests.bench.cases import CASES, Case, Goal, at_most, times_faster
from tests.bench.measure import Bench, NotHereError, run_here
from tests.bench.runner import CaseResult, Result

WITHOUT_WINDOW = sorted(
    {what for case in CASES for what in case.variants.values() if what.startswith("tests.bench.peers")}
    - {what for case in CASES for what in case.variants.values() if "window" in what or "list_model" in what}
)


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    from tests.bench import measure

    for module in (sizes, measure):
        monkeypatch.setattr(module, "OUT", tmp_path)
    monkeypatch.setitem(sizes.SIZES, "tiny", 910)
    return "tiny"


def absent(bench: Bench) -> None:
    raise NotHereError("left out on purpose")


def test_there_are_rivals() -> None:
    assert len(WITHOUT_WINDOW) >= 10


@pytest.mark.parametrize("what", WITHOUT_WINDOW)
def test_rival_runs(what: str, tiny: str) -> None:
    answer = run_here(what, tiny)
    if "missing" in answer:
        assert "sqlite3 shell" in answer["missing"]
        return
    assert answer["wall"] > 0
    assert answer["peak_bytes"] >= answer["idle_bytes"] > 1_000_000


def test_what_is_missing_is_said(tiny: str) -> None:
    assert run_here(f"{__name__}:absent", tiny) == {"missing": "left out on purpose"}


def test_variants_run_in_turn_and_the_median_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    walls = {"a": iter([3.0, 1.0, 2.0]), "b": iter([4.0, 8.0, 6.0])}

    def apart(what: str, size: str) -> dict[str, object]:
        asked.append(what)
        if what == "gone":
            return {"missing": "not built"}
        return {"wall": next(walls[what]), "cpu": 0.5, "idle_bytes": 1, "peak_bytes": 2, "notes": {}}

    monkeypatch.setattr(runner, "measure_apart", apart)
    case = Case("X", "", {"ours": "a", "peer": "b", "limit": "gone"}, (times_faster(2),))
    result = runner.run_case(case, "10k", 3, lambda text: None)
    assert asked == ["a", "b", "gone", "a", "b", "a", "b"]
    assert (result.variants["ours"].wall, result.variants["peer"].wall) == (2.0, 6.0)
    assert result.ratio("peer", "ours") == 3.0
    assert result.ratio("ours", "limit") is None


def test_a_process_that_fails_is_a_missing_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", sys.executable)
    assert "no_such_module" in runner.measure_apart("tests.bench.no_such_module:f", "10k")["missing"]


@pytest.mark.parametrize(
    ("ratio", "goal", "met"),
    [(1.9, at_most(1.9), True), (2, at_most(1.9), False), (5, times_faster(5), True)],
)
def test_goals(ratio: float, goal: Goal, met: bool) -> None:
    assert goal.met(ratio) is met


def test_table_and_json_name_ratio_goal_and_what_is_missing() -> None:
    case = Case("P1", "CSV", {"ours": "", "peer": "", "limit": ""}, (at_most(1.9), times_faster(5)))
    small = CaseResult(case, "10k", {"ours": Result(2.0), "peer": Result(missing="no"), "limit": Result(1.0)})
    large = CaseResult(case, "100k", {"ours": Result(18.0), "peer": Result(90.0), "limit": Result(10.0)})
    text = "\n".join(table.lines([small, large]))
    assert "2.00" in text
    assert "ours/limit ≤ 1.9" in text
    assert "not measured: P1 10k peer: no" in text
    assert [row[5:] for row in table.growth_rows([small, large])] == [("9.0×", "linear: ≤ 10", "✓")]
    data = json.loads(json.dumps(table.as_json([small, large])))
    assert [goal["ratio"] for goal in data["results"][1]["goals"]] == [1.8, 5.0]


def test_every_case_names_its_goals_variants() -> None:
    for case in CASES:
        for goal in case.goals:
            assert {goal.above, goal.below} <= set(case.variants), case.name
        assert set(case.only_up_to) <= set(case.variants)

"""The table of the results, and the same as JSON."""

from __future__ import annotations

import platform
import unicodedata
from collections.abc import Sequence
from typing import Any

from tests.bench.cases import GROWTH
from tests.bench.runner import CaseResult, Result
from tests.bench.sizes import SIZES

HEAD = ("case", "size", "ours", "peer", "limit", "ratio", "goal", "")


def lines(results: Sequence[CaseResult]) -> list[str]:
    """The results as a table, one goal a line, then what was not measured and why."""
    rows = [HEAD, *[row for result in results for row in _rows(result)], *growth_rows(results)]
    widths = [max(_width(row[place]) for row in rows) for place in range(len(HEAD))]
    table = [
        "  ".join(_padded(text, width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return [*table, "", *_titles(results), "", *_missing(results)]


def as_json(results: Sequence[CaseResult]) -> dict[str, Any]:
    """Everything measured, for comparing two runs."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "results": [
            {
                "case": result.case.name,
                "size": result.size,
                "variants": {name: vars(variant) for name, variant in result.variants.items()},
                "goals": [
                    {"goal": str(goal), "ratio": result.ratio(goal.above, goal.below, goal.measure)}
                    for goal in result.case.goals
                ],
            }
            for result in results
        ],
    }


def growth_rows(results: Sequence[CaseResult]) -> list[tuple[str, ...]]:
    """P12: how much longer ours takes at the larger size, against how much larger it is."""
    rows = []
    for case, kind in GROWTH.items():
        ours = {
            r.size: r.variants["ours"]
            for r in results
            if r.case.name == case and not r.variants["ours"].missing
        }
        sizes = sorted(ours, key=lambda size: SIZES[size])
        if len(sizes) < 2 or not ours[sizes[0]].wall:
            continue
        times = ours[sizes[-1]].wall / ours[sizes[0]].wall
        allowed = SIZES[sizes[-1]] / SIZES[sizes[0]] if kind == "linear" else 3
        sign = "✓" if times <= allowed else "✗"
        rows.append(
            (
                f"P12 {case}",
                f"{sizes[0]}→{sizes[-1]}",
                "",
                "",
                "",
                f"{times:.1f}×",
                f"{kind}: ≤ {allowed:g}",
                sign,
            )
        )
    return rows


def _rows(result: CaseResult) -> list[tuple[str, ...]]:
    shown = [_shown(result.variants.get(name)) for name in ("ours", "peer", "limit")]
    rows = []
    for place, goal in enumerate(result.case.goals):
        ratio = result.ratio(goal.above, goal.below, goal.measure)
        head = (result.case.name, result.size, *shown) if place == 0 else ("", "", "", "", "")
        number = "–" if ratio is None else f"{ratio:.2f}"
        rows.append((*head, number, str(goal), "" if ratio is None else "✓" if goal.met(ratio) else "✗"))
    others = [name for name in result.variants if name not in ("ours", "peer", "limit")]
    for name in others:
        rows.append(("", "", "", "", f"{name}: {_shown(result.variants[name])}", "", "", ""))
    return rows


def _shown(result: Result | None) -> str:
    if result is None:
        return ""
    if result.missing:
        return "–"
    seconds = f"{result.wall:.2f} s" if result.wall >= 1 else f"{result.wall * 1000:.3g} ms"
    return f"{seconds} {result.peak_bytes / 1e6:.0f} MB"


def _titles(results: Sequence[CaseResult]) -> list[str]:
    return list(dict.fromkeys(f"{result.case.name:<4} {result.case.title}" for result in results))


def _missing(results: Sequence[CaseResult]) -> list[str]:
    return [
        f"not measured: {result.case.name} {result.size} {name}: {variant.missing}"
        for result in results
        for name, variant in result.variants.items()
        if variant.missing
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))

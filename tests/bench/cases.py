"""The cases P1 to P12: what is compared with what, and the goal as a ratio."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Goal:
    """`above` divided by `below` is to be at most (or at least) `value`. `measure`: wall or peak_bytes."""

    above: str
    below: str
    at_most: bool
    value: float
    measure: str = "wall"

    def __str__(self) -> str:
        what = "memory " if self.measure == "peak_bytes" else ""
        return f"{what}{self.above}/{self.below} {'≤' if self.at_most else '≥'} {self.value:g}"

    def met(self, ratio: float) -> bool:
        """Whether a measured ratio reaches the goal."""
        return ratio <= self.value if self.at_most else ratio >= self.value


@dataclass(frozen=True)
class Case:
    """One row of the table. `variants`: ours, peer, limit, … → measured function; the goals name them."""

    name: str
    title: str
    variants: dict[str, str]
    goals: tuple[Goal, ...]
    files: tuple[str, ...] = ()
    only_up_to: dict[str, str] = field(default_factory=dict)


def at_most(value: float, below: str = "limit", measure: str = "wall") -> Goal:
    """Ours at most `value` times the other."""
    return Goal("ours", below, True, value, measure)


def times_faster(value: float, rival: str = "peer") -> Goal:
    """Ours at least `value` times faster than the rival."""
    return Goal(rival, "ours", False, value)


OURS, WINDOW, PEERS = "tests.bench.ours", "tests.bench.ours_window", "tests.bench.peers"
AUDIENCES = "tests.bench.ours_audiences"

CASES = (
    Case(
        "P1",
        "CSV → cleaned, matched, history (peer: sqlite-utils upsert; limit: bare executemany with the indexes)",
        {
            "ours": f"{OURS}:import_csv",
            "limit": f"{PEERS}.csv_executemany:indexed",
            "raw": f"{PEERS}.csv_executemany:raw",
            "peer": f"{PEERS}.sqlite_utils_upsert:upsert",
        },
        (at_most(1.9), times_faster(5)),
        ("people.csv",),
        {"peer": "100k"},
    ),
    Case(
        "P2",
        "the same file again, 1 % changed (limit: as P1)",
        {"ours": f"{OURS}:import_again", "limit": f"{PEERS}.csv_executemany:indexed"},
        (at_most(0.6),),
        ("people.csv", "people_changed.csv", "people.tagline"),
    ),
    Case(
        "P3",
        "XLSX → committed, child process included (peer: pandas + openpyxl reading alone)",
        {"ours": f"{OURS}:import_xlsx", "peer": f"{PEERS}.openpyxl_read:read"},
        (times_faster(4),),
        ("people.xlsx",),
        {"ours": "100k", "peer": "100k"},
    ),
    Case(
        "P4",
        "tag a tenth of the people, limit held, history written (limit: bare set-based INSERT)",
        {
            "ours": f"{OURS}:tag",
            "limit": f"{PEERS}.tag_insert:insert",
            "rows": f"{PEERS}.tag_insert:row_by_row",
        },
        (at_most(2.5),),
        ("plain.sqlite", "shop.tagline"),
    ),
    Case(
        "P4u",
        "undo of that step (limit: doing it)",
        {"ours": f"{OURS}:undo_tag", "limit": f"{OURS}:tag"},
        (at_most(1.0),),
        ("shop.tagline",),
    ),
    Case(
        "P5",
        "live count of a four-part condition (peer: indexed SQL join over the orders)",
        {"ours": f"{OURS}:count", "peer": f"{PEERS}.count_join:count"},
        (times_faster(20),),
        ("plain.sqlite", "shop.tagline"),
    ),
    Case(
        "P5b",
        "the picture of the people that P5 and P6 are answered from, read anew (peer: one count by the SQL join)",
        {"ours": f"{OURS}:picture", "peer": f"{PEERS}.count_join:count"},
        (at_most(20, "peer"),),
        ("plain.sqlite", "shop.tagline"),
    ),
    Case(
        "P5m",
        "the people of that condition into a table (limit: only counting them)",
        {"ours": f"{AUDIENCES}:materialise", "limit": f"{AUDIENCES}:count_alone"},
        (at_most(3),),
        ("shop.tagline",),
    ),
    Case(
        "P5d",
        "who joined and left since an upload of nine in ten (peer: both lists as sets in Python)",
        {"ours": f"{AUDIENCES}:difference", "peer": f"{AUDIENCES}:difference_in_python"},
        (times_faster(1.5),),
        ("shop.tagline",),
    ),
    Case(
        "P5o",
        "overlap of two audiences, reachable ones too (peer: both lists as sets in Python)",
        {"ours": f"{AUDIENCES}:overlap", "peer": f"{AUDIENCES}:overlap_in_python"},
        (at_most(1.5, "peer"),),
        ("shop.tagline",),
    ),
    Case(
        "P6",
        "search per keystroke: one character to a whole phone number (peer: LIKE over the member table)",
        {"ours": f"{OURS}:search", "peer": f"{PEERS}.like_search:search"},
        (times_faster(20),),
        ("plain.sqlite", "shop.tagline"),
    ),
    Case(
        "P7",
        "members page: first paint (limit: bare window's start; peer: a model over a list in memory)",
        {
            "ours": f"{WINDOW}:members_first_paint",
            "limit": f"{PEERS}.bare_window:start",
            "peer": f"{PEERS}.list_model:first_paint",
        },
        (at_most(3), Goal("ours", "peer", True, 0.34, "peak_bytes")),
        ("plain.sqlite", "shop.tagline"),
    ),
    Case(
        "P7j",
        "members page: jump to the middle (peer: a model over a list in memory)",
        {"ours": f"{WINDOW}:members_jump", "peer": f"{PEERS}.list_model:jump"},
        (at_most(1.5, "peer"),),
        ("plain.sqlite", "shop.tagline"),
    ),
    Case(
        "P7s",
        "members page: sort by an indexed column (peer: QSortFilterProxyModel over a list)",
        {"ours": f"{WINDOW}:members_sort", "peer": f"{PEERS}.list_model:sort"},
        (times_faster(20),),
        ("plain.sqlite", "shop.tagline"),
        {"peer": "10k"},
    ),
    Case(
        "P8",
        "first window of the program, whole process (limit: a bare PySide6 window, whole process)",
        {"ours": f"{WINDOW}:program_start", "limit": f"{PEERS}.bare_window:whole_process"},
        (at_most(1.5),),
        ("shop.tagline",),
    ),
    Case(
        "P9",
        "user IDs → upload file with hash (limit: the sqlite3 shell writing it; peer: pandas)",
        {
            "ours": f"{OURS}:audience_file",
            "limit": f"{PEERS}.user_ids_file:shell",
            "peer": f"{PEERS}.user_ids_file:with_pandas",
        },
        (at_most(2),),
        ("plain.sqlite", "shop.tagline"),
    ),
    Case(
        "P10",
        "funnel + NASL + break-down, cold (peer: pandas from the same file)",
        {"ours": f"{OURS}:figures", "peer": f"{PEERS}.pandas_figures:figures"},
        (times_faster(4),),
        ("plain.sqlite", "shop.tagline"),
    ),
    Case(
        "P10w",
        "the same page again, warm (peer: pandas from the same file; P10 cold)",
        {"ours": f"{OURS}:figures_again", "peer": f"{PEERS}.pandas_figures:figures"},
        (times_faster(100),),
        ("plain.sqlite", "shop.tagline"),
    ),
    Case(
        "P11",
        "p99 of the window's repaint during an import (limit: idle)",
        {"ours": f"{WINDOW}:repaint_during_import", "limit": f"{WINDOW}:repaint_idle"},
        (at_most(1.5),),
        ("people_changed.csv", "people.tagline"),
    ),
)
"""P12, the growth from size to size, is worked out from P1 to P6 when more than one size is measured."""

GROWTH = {"P1": "linear", "P2": "linear", "P3": "linear", "P4": "linear", "P5": "flat", "P6": "flat"}

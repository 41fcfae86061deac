"""A rival for Excel files: pandas with openpyxl, reading alone, nothing stored."""

from __future__ import annotations

from tests.bench.measure import Bench


def read(bench: Bench) -> None:
    """Reads the file into a DataFrame of text."""
    source = bench.data("people.xlsx")
    with bench.measured():
        import pandas

        table = pandas.read_excel(source, engine="openpyxl", dtype=str)
    bench.notes["rows"] = len(table)

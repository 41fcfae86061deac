"""How figures are written on the page."""

from __future__ import annotations

from desktop.core.figures.rate import Rate
from desktop.operations.insights.questions import Population
from desktop.text import t
from desktop.ui.i18n import number

CLASS_COLOURS = {"N": "blue", "A": "green", "S": "orange", "L": "grey"}
CLASS_KINDS = {"N": "info", "A": "good", "S": "warning", "L": "neutral"}


def share(value: float | None, digits: int = 1) -> str:
    """A share as percent; a dash where there is none."""
    return "—" if value is None else f"{value * 100:.{digits}f}%"


def points(change: float | None) -> str:
    """A change of a share in percentage points, with an arrow; "" where nothing is known."""
    if change is None:
        return ""
    size = abs(change) * 100
    if size < 0.05:
        return "– 0.0"
    return f"{'▲' if change > 0 else '▼'} {size:.1f}"


def rate_line(name: str, rate: Rate) -> str:
    """「首購率 65.3%」."""
    return f"{name} {share(rate.value)}"


def class_name(letter: str) -> str:
    """「A 活躍」."""
    return t(f"insights_core.class_{letter}")


def days(value: float | None) -> str:
    """A number of days; half days where a median lies between two."""
    return "—" if value is None else t("insights_page.days", n=number(value))


def rate_name(name: str) -> str:
    """What a rate is called."""
    return t(f"insights_core.rate_{name}")


def small_note(rate: Rate) -> str:
    """「（只有 12 位，僅供參考）」 where a share is of too few people to judge by; "" else."""
    return t("insights_page.few", n=rate.whole) if rate.whole and rate.small else ""


def population_words(population: Population) -> str:
    """Whom a card counts."""
    return t(f"insights_page.counts.{population.value}")

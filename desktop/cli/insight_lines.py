"""The figures as lines for a person at a terminal."""

from __future__ import annotations

from typing import Any

from desktop.text import t

Answer = dict[str, Any]


def lines(answer: Answer) -> list[str]:
    """The answer of ``insights`` in the language in use; which view it is shows in what it holds."""
    if "steps" in answer:
        return _funnel(answer)
    if "cohorts" in answer:
        return _cohorts(answer)
    if "classes" in answer:
        return _nasl(answer)
    if "choices" in answer:
        return _cost(answer)
    return _breakdown(answer)


def percent(share: float | None) -> str:
    """A share with one decimal; a dash for none."""
    return "—" if share is None else f"{share * 100:.1f}%"


def _funnel(answer: Answer) -> list[str]:
    found = [t("insights_core.as_of", day=answer["as_of"])]
    found += [
        t("insights_core.line_step", name=t(f"insights_core.step_{step['id']}"), n=step["people"])
        for step in answer["steps"]
    ]
    found += [
        t(
            "insights_core.line_rate",
            name=t(f"insights_core.rate_{one['id']}"),
            rate=percent(one["rate"]),
            part=one["part"],
            whole=one["whole"],
        )
        for one in answer["rates"]
    ]
    return found if answer["has_orders"] else [*found, t("insights_core.no_orders")]


def _cohorts(answer: Answer) -> list[str]:
    found = [t("insights_core.as_of", day=answer["as_of"])]
    for one in [*answer["cohorts"], {"month": t("insights_core.all_months"), **answer["total"]}]:
        found.append(
            t(
                "insights_core.line_rate",
                name=one["month"],
                rate=percent(one["rate"]),
                part=one["part"],
                whole=one["whole"],
            )
        )
    return found


def _nasl(answer: Answer) -> list[str]:
    found = [_cycle(answer)]
    for letter, one in answer["classes"].items():
        name = t(f"insights_core.class_{letter}")
        found.append(t("insights_core.line_class", name=name, n=one["people"], revenue=one["revenue"]))
    return [*found, t("insights_core.line_never", n=answer["never"])]


def _cost(answer: Answer) -> list[str]:
    found = [_cycle(answer)]
    for one in answer["choices"]:
        bill = "—" if one["bill"] is None else f"{answer['currency']} {one['bill']:,}"
        found.append(
            t(
                "insights_core.line_choice",
                name=t(f"insights_core.choice_{one['id']}"),
                n=one["messages"],
                share=percent(one["share_of_messages"]),
                bill=bill,
                revenue=percent(one["share_of_revenue"]),
            )
        )
    return found


def _breakdown(answer: Answer) -> list[str]:
    found = [
        t(
            "insights_core.line_average",
            name=t(f"insights_core.rate_{answer['figure']}"),
            rate=percent(answer["average"]["rate"]),
        )
    ]
    for row in answer["rows"]:
        found.append(
            t(
                "insights_core.line_small" if row["small"] else "insights_core.line_group",
                name=row["value"] or t("insights_core.no_value"),
                rate=percent(row["rate"]),
                part=row["part"],
                whole=row["whole"],
                more=row["to_average"] if row["to_target"] is None else row["to_target"],
            )
        )
    return found


def _cycle(answer: Answer) -> str:
    return t(
        "insights_core.line_cycle",
        cycle=answer["cycle_days"],
        window=answer["window_days"],
        day=answer["as_of"],
    )

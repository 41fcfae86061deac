"""A tag for everybody in a file of orders: for the buyers whom the shop knows."""

from __future__ import annotations

from desktop.core.message import message
from desktop.core.people.tag import tag_key
from desktop.importer.checking.report import Problem, Report, TagGain
from desktop.store.imports.staging import Staging


def tag_buyers(staging: Staging, tag: str, limit: int, report: Report) -> None:
    """Plan the tag for every known buyer who lacks it; who is full is a problem. Must follow the orders' comparing.

    Args:
        limit: tags one person can have.
    """
    wishes, orders = [], []
    for person, order, row, held in staging.buyers(tag_key(tag)):
        if held < limit:
            wishes.append((person, 0, 0, row))
            orders.append(order)
        else:
            reason = message("importing.problem.tag_limit", limit=limit)
            report.problems.append(Problem(report.sheet, row, "", tag, reason))
    staging.add_tag_names([(0, tag, tag_key(tag))])
    staging.write_wishes(wishes)
    staging.make_orders_updated(orders)
    report.tag_preview = [TagGain(*gain) for gain in staging.tag_gains()]

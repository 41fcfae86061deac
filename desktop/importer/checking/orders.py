"""Works out what an orders file would change: its rows are put together to orders, buyers are matched with
the people of the shop, known orders compared. Orders of unknown buyers are kept and attach when the
person arrives."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.importer.checking.matching import Candidate, Keys, match
from desktop.importer.checking.order_rows import OrderRow, OrderRowReader, StagedOrder, orders
from desktop.importer.checking.people import new_report, note_problems
from desktop.importer.checking.report import Report, Skipped
from desktop.importer.cleaning import Cleaner, DataRows, data_rows
from desktop.importer.reader import Source
from desktop.importer.recipe import Recipe
from desktop.store.imports.staging import NEW, UNCHANGED, UPDATED, Staging

_CHUNK = 2_000


def check_orders(source: Source, recipe: Recipe, staging: Staging, job: JobContext = QUIET) -> Report:
    """Phase one of an orders import. Nothing of it touches the shop.

    Args:
        staging: an empty staging database with the shop attached; holds the plan afterwards.

    Raises:
        Cancelled: if the owner cancelled.
        UserError: if the file cannot be read to its end, or changed meanwhile.
    """
    report = new_report(source, recipe)
    cleaner = Cleaner(recipe)
    rows = data_rows(source, recipe, job)
    check = _OrdersCheck(staging, report, job)
    with staging.db.transaction():
        check.stage(orders(_order_rows(rows, cleaner, recipe, report, job)))
        source.raise_if_changed()
        check.match_buyers()
        check.compare()
    counted = staging.rows_by_order_fate()
    report.new, report.updated, report.unchanged = (
        counted.get(fate, 0) for fate in (NEW, UPDATED, UNCHANGED)
    )
    report.unknown_buyers = staging.orders_without_buyer()
    report.not_data = dict(rows.not_data)
    report.repaired = dict(cleaner.repaired)
    report.problems.sort(key=lambda problem: problem.row)
    return report


def _order_rows(
    rows: DataRows, cleaner: Cleaner, recipe: Recipe, report: Report, job: JobContext
) -> Iterator[OrderRow]:
    reader = OrderRowReader(recipe.fields)
    for raw in rows:
        job.raise_if_cancelled()
        batch = cleaner.clean(raw)
        note_problems(report, batch.problems)
        for row in reader.rows(batch.numbers, batch.rows):
            report.rows += 1
            if row.is_empty:
                report.skipped.append(
                    Skipped(report.sheet, row.number, message("importing.skipped.no_order"))
                )
            else:
                yield row
        job.report(report.rows, None, message("importing.reading"))


class _OrdersCheck:
    def __init__(self, staging: Staging, report: Report, job: JobContext) -> None:
        self._staging = staging
        self._report = report
        self._job = job
        self._repeats: dict[str, int] = {}

    def stage(self, found: Iterator[StagedOrder]) -> None:
        """Keep the orders in the staging database; rows of one order that stand apart are joined."""
        for order in found:
            number = order.order_no
            if number is None:
                self._staging.add_order(_columns(order, self._numberless_hash(order)))
                continue
            earlier = self._staging.order_numbered(number)
            if earlier is None:
                self._staging.add_order(_columns(order, order.fingerprint()))
            else:
                joined = _join(earlier, order)
                self._staging.replace_order(earlier["seq"], _columns(joined, joined.fingerprint()))

    def _numberless_hash(self, order: StagedOrder) -> str:
        """Orders without a number are told apart by what they hold, equal ones by their count."""
        mark = order.fingerprint()
        repeat = self._repeats[mark] = self._repeats.get(mark, 0) + 1
        return f"{mark}-{repeat}"

    def match_buyers(self) -> None:
        """Find each order's person by member number, user ID, phone and e-mail."""
        last = self._staging.last_order()
        for first in range(1, last + 1, _CHUNK):
            self._job.raise_if_cancelled()
            self._job.report(first, last, message("importing.matching"))
            rows = self._staging.buyers_between(first, first + _CHUNK - 1)
            found = self._candidates(rows)
            people = []
            for seq, *keys in rows:
                target = match(Keys(*keys), [found.get((i, key), []) for i, key in enumerate(keys)]).target
                if target is not None:
                    people.append((target.id, seq))
            self._staging.set_buyers(people)

    def _candidates(self, rows: Sequence[Sequence[Any]]) -> dict[tuple[int, str], list[Candidate]]:
        found: dict[tuple[int, str], list[Candidate]] = {}
        for place, key in enumerate(Keys._fields):
            values = [row[1 + place] for row in rows if row[1 + place] is not None]
            for value, person, *keys in self._staging.people_with(key, values) if values else ():
                found.setdefault((place, value), []).append(Candidate(False, person, Keys(*keys)))
        return found

    def compare(self) -> None:
        """New, updated or unchanged, by what the shop knows of the same order; a blank cell or a column the file does not
        have clears nothing."""
        self._job.raise_if_cancelled()
        self._staging.find_in_shop()
        done = 0
        while sparse := self._staging.sparse_orders(done, _CHUNK):
            self._job.raise_if_cancelled()
            for told, known in sparse:
                whole = _filled(told, known)
                self._staging.replace_order(told["seq"], _columns(whole, whole.fingerprint()))
            done = sparse[-1][0]["seq"]
        self._staging.compare_orders()


def _columns(order: StagedOrder, row_hash: str) -> dict[str, Any]:
    keys = order.keys
    return {
        "order_no": order.order_no,
        "row_hash": row_hash,
        "file_rows": order.rows,
        "ordered_at": order.ordered_at,
        "amount": order.amount,
        "status": "、".join(dict.fromkeys(order.statuses)) or None,
        "counts": int(order.counts),
        "store": order.store,
        "buyer_member_no": keys.member_no,
        "buyer_line_user_id": keys.line_user_id,
        "buyer_phone": keys.phone,
        "buyer_email": keys.email,
        "buyer_name": order.name,
        "items": json.dumps(order.items, ensure_ascii=False),
    }


def _filled(told: dict[str, Any], known: dict[str, Any]) -> StagedOrder:
    """An order as the file tells it, its blanks filled with what the shop knows of it."""
    whole = {name: known[name] if told[name] in (None, "[]") else told[name] for name in known}
    return StagedOrder(
        told["order_no"],
        whole["ordered_at"],
        [] if whole["amount"] is None else [whole["amount"]],
        whole["status"].split("、") if whole["status"] else [],
        whole["store"],
        Keys(*(whole[f"buyer_{key}"] for key in Keys._fields)),
        whole["buyer_name"],
        json.loads(whole["items"]),
        told["file_rows"],
    )


def _join(earlier: dict[str, Any], order: StagedOrder) -> StagedOrder:
    """An order whose rows stand in several places of the file."""
    keys = Keys(*(earlier[f"buyer_{key}"] for key in Keys._fields))
    joined = StagedOrder(
        order.order_no,
        earlier["ordered_at"] or order.ordered_at,
        [earlier["amount"]] if earlier["amount"] is not None and order.amounts else [],
        [*(earlier["status"] or "").split("、"), *order.statuses] if earlier["status"] else order.statuses,
        earlier["store"] or order.store,
        Keys(*(mine or theirs for mine, theirs in zip(keys, order.keys, strict=True))),
        earlier["buyer_name"] or order.name,
        json.loads(earlier["items"]),
        earlier["file_rows"] + order.rows,
    )
    joined.amounts.extend(order.amounts)
    next_line = max((item[0] for item in joined.items), default=0) + 1
    joined.items.extend([line, *item[1:]] for line, item in enumerate(order.items, start=next_line))
    return joined

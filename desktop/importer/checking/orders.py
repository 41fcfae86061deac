"""Works out what an orders file would change: its rows are put together to orders, buyers are matched with
the people of the shop, known orders compared. Orders of unknown buyers are kept and attach when the
person arrives."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from desktop.core.job import QUIET, JobContext
from desktop.core.message import Message, message
from desktop.importer.checking.matching import Keys, match
from desktop.importer.checking.order_rows import OrderRow, OrderRowReader, StagedOrder, orders
from desktop.importer.checking.people import new_report
from desktop.importer.checking.policy import Policy, policy_of
from desktop.importer.checking.report import Report, Skipped
from desktop.importer.checking.sheet_rows import note_problems
from desktop.importer.checking.tagging.buyers import tag_buyers
from desktop.importer.checking.who.candidates import ShopCandidates
from desktop.importer.checking.who.number_series import NumberSeries, ask_whose_numbers
from desktop.importer.cleaning import Cleaner, DataRows, data_rows
from desktop.importer.reader import Source
from desktop.importer.recipe import Recipe
from desktop.store.imports.staging import NEW, SKIPPED, UNCHANGED, UPDATED, Staging

_CHUNK = 2_000


def check_orders(
    source: Source, recipe: Recipe, staging: Staging, tag_limit: int, job: JobContext = QUIET
) -> Report:
    """Phase one of an orders import. Nothing of it touches the shop.

    Args:
        staging: an empty staging database with the shop attached; holds the plan afterwards.
        tag_limit: tags one person can have.

    Raises:
        Cancelled: if the owner cancelled.
        UserError: if the file cannot be read to its end, or changed meanwhile.
    """
    policy = policy_of(recipe)
    report = new_report(source, recipe)
    cleaner = Cleaner(recipe)
    rows = data_rows(source, recipe, job)
    check = _OrdersCheck(staging, NumberSeries(policy.number_series), report, job)
    with staging.db.transaction():
        check.stage(orders(_order_rows(rows, cleaner, recipe, report, job)))
        source.raise_if_changed()
        if "member_no" in recipe.fields:
            ask_whose_numbers(staging, policy.number_series, orders=True)
        check.match_buyers()
        check.compare()
        check.obey(policy)
        if policy.import_tag:
            tag_buyers(staging, policy.import_tag, tag_limit, report)
    counted = staging.rows_by_order_fate()
    report.new, report.updated, report.unchanged = (
        counted.get(fate, 0) for fate in (NEW, UPDATED, UNCHANGED)
    )
    report.unknown_buyers = staging.orders_without_buyer()
    report.not_data = dict(rows.not_data)
    report.repaired = dict(cleaner.repaired)
    report.repairs = cleaner.repairs()
    report.skipped.sort(key=lambda skipped: skipped.row)
    report.problems.sort(key=lambda problem: problem.row)
    return report


def _order_rows(
    rows: DataRows, cleaner: Cleaner, recipe: Recipe, report: Report, job: JobContext
) -> Iterator[OrderRow]:
    reader = OrderRowReader(recipe.fields)
    series = NumberSeries(recipe.decided.number_series)
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
                yield replace(row, keys=series.of_row(row.keys)) if series else row
        job.report(report.rows, None, message("importing.reading"))


class _OrdersCheck:
    def __init__(self, staging: Staging, series: NumberSeries, report: Report, job: JobContext) -> None:
        self._staging = staging
        self._report = report
        self._job = job
        self._in_shop = ShopCandidates(staging.identities, series)
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
            found = self._in_shop.find([Keys(*keys) for _, *keys in rows])
            people = []
            for seq, *keys in rows:
                target = match(Keys(*keys), [found.get((i, key), []) for i, key in enumerate(keys)]).target
                if target is not None:
                    people.append((target.id, seq))
            self._staging.set_buyers(people)
        self._leave_out_the_erased()

    def _leave_out_the_erased(self) -> None:
        """Nothing of a buyer who was erased is stored again, her orders included."""
        identities = self._staging.identities
        if identities.erased:
            found = self._staging.erased_orders_asked()
            self._staging.skip_orders([seq for seq, *keys in found if identities.is_erased(keys)])
            reason = message("importing.skipped.erased")
            self._skip(self._staging.rows_of_orders(SKIPPED), reason)

    def _skip(self, rows: Sequence[int], reason: Message) -> None:
        self._report.skipped += [Skipped(self._report.sheet, row, reason) for row in rows]

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

    def obey(self, policy: Policy) -> None:
        """Leave out, or as they are, the orders that the owner's policy keeps from the import."""
        if not policy.updates:
            self._staging.leave_known_orders()
        if not policy.creates:
            before = set(self._staging.rows_of_orders(SKIPPED))
            self._staging.skip_new_orders()
            rows = [row for row in self._staging.rows_of_orders(SKIPPED) if row not in before]
            self._skip(rows, message("importing.skipped.only_update"))


def _columns(order: StagedOrder, row_hash: str) -> dict[str, Any]:
    keys = order.keys
    return {
        "order_no": order.order_no,
        "row_hash": row_hash,
        "sheet_rows": json.dumps(order.sheet_rows, separators=(",", ":")),
        "gross": order.gross,
        "refund": order.refund or None,
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
    paid = whole["amount"] if told["gross"] is None else told["gross"]
    return StagedOrder(
        told["order_no"],
        whole["ordered_at"],
        [] if paid is None else [paid],
        whole["status"].split("、") if whole["status"] else [],
        whole["store"],
        Keys(*(whole[f"buyer_{key}"] for key in Keys._fields)),
        whole["buyer_name"],
        json.loads(whole["items"]),
        json.loads(told["sheet_rows"]),
        [] if told["gross"] is None or told["refund"] is None else [told["refund"]],
    )


def _join(earlier: dict[str, Any], order: StagedOrder) -> StagedOrder:
    """An order whose rows stand in several places of the file."""
    keys = Keys(*(earlier[f"buyer_{key}"] for key in Keys._fields))
    joined = StagedOrder(
        order.order_no,
        earlier["ordered_at"] or order.ordered_at,
        [earlier["gross"]] if earlier["gross"] is not None and order.amounts else [],
        [*(earlier["status"] or "").split("、"), *order.statuses] if earlier["status"] else order.statuses,
        earlier["store"] or order.store,
        Keys(*(mine or theirs for mine, theirs in zip(keys, order.keys, strict=True))),
        earlier["buyer_name"] or order.name,
        json.loads(earlier["items"]),
        [*json.loads(earlier["sheet_rows"]), *order.sheet_rows],
        [*([] if earlier["refund"] is None else [earlier["refund"]]), *order.refunds],
    )
    joined.amounts.extend(order.amounts)
    next_line = max((item[0] for item in joined.items), default=0) + 1
    joined.items.extend([line, *item[1:]] for line, item in enumerate(order.items, start=next_line))
    return joined

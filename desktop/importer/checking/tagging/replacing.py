"""Where the cells of a file say all tags that imports may have put on their people: what a person holds from imports and none
of her cells has is taken off, then what she lacks is put on as far as it fits. Tags put on by hand or by a rule stay."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.importer.checking.policy import Policy
from desktop.importer.checking.report import Report
from desktop.importer.checking.tagging.fitting import TagFitting
from desktop.store.imports.staging import Staging

_PEOPLE = 2_000


class TagReplacing:
    """Settles the tags of all matched rows of one sheet.

    Args:
        limit: tags one person can have.
    """

    def __init__(self, staging: Staging, limit: int, policy: Policy, report: Report, job: JobContext) -> None:
        self._staging = staging
        self._clears = policy.clears_tags
        self._job = job
        self._tags = TagFitting(staging, limit, report)
        self._for_all = {
            number for number, (name, _) in self._tags.names.items() if name == policy.import_tag
        }

    def settle(self) -> None:
        """Decide what is taken off and put on; rows that change their person become updated ones."""
        with self._staging.db.transaction():
            for rows in self._staging.replacing_rows(_PEOPLE):
                self._job.raise_if_cancelled()
                self._job.report(len(rows), None, message("importing.matching"))
                held = self._staging.tags_with_origin([row[0] for row in rows])
                for person, hers in groupby(rows, key=itemgetter(0)):
                    self._settle(person, list(hers), held.get(person, {}))

    def _settle(self, person: int, rows: Sequence[Sequence[Any]], held: dict[str, tuple[int, str]]) -> None:
        cells = [(seq, number, json.loads(tags) if tags else []) for _, seq, number, tags in rows]
        told = self._tags.keys(tag for _, _, tags in cells for tag in tags)
        says = self._clears or any(set(tags) - self._for_all for _, _, tags in cells)
        off = {
            key: tag for key, (tag, origin) in held.items() if says and origin == "import" and key not in told
        }
        kept = set(held) - set(off)
        changed = {cells[0][0]} if off else set()
        wishes: list[tuple[int, int, int, int]] = []
        for seq, number, tags in cells:
            for tag in self._tags.fitting(number, tags, kept):
                wishes.append((person, tag, len(wishes), number))
                changed.add(seq)
        self._staging.write_drops((person, tag) for tag in off.values())
        self._staging.write_wishes(wishes)
        self._staging.make_updated(changed)

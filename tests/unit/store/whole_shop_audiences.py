"""What an owner does with audiences on the way through a small shop: names that others stand on, copies, shares held out, uploads,
exports, figures of a day; and what the comparison with an upload must come to at any moment."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop.core.errors import UserError
from desktop.exporter.hashed_list import Platform
from desktop.operations.audiences import audience_editor, audiences, comparing, exporting
from desktop.operations.line import uploading
from desktop.operations.shop import message_plans
from desktop.store.audience_history import days, outcomes, uploaded
from desktop.store.audiences import Audience, by_id
from desktop.store.condition_sql import compile_condition, query_context
from tests.unit.store.whole_shop import Walk

_NAMES = ("熟客", "熟客 一", "中山", "常來")
_MORE = (
    "people_of people_of rename_audience rename_audience copy remove hold_out hold_out press press press export note_day plans"
).split()


class AudienceWalk(Walk):
    """A walk on which audiences stand on each other and are uploaded."""

    actions = (*Walk.actions, *(f"a_{one}" for one in _MORE))
    no_steps = Walk.no_steps | {"a_press", "a_note_day", "a_plans"}

    def _a_people_of(self) -> None:
        """An audience of those in another, or the other way round."""
        known = self._audience_or_none()
        chance = self.chance
        query = chance.choice(("tag:熟客", "orders:>=1", "-tag:VIP", ""))
        if known is not None and chance.random() < 0.6:
            query = f'{query} {chance.choice(("", "-"))}audience:"{known.name}"'
        audiences.save(self.db, chance.choice(_NAMES), query)

    def _a_rename_audience(self) -> None:
        known = self._audience_or_none()
        if known is not None:
            audience_editor.save_as(self.db, known.id, self.chance.choice(_NAMES), known.query)

    def _a_copy(self) -> None:
        known = self._audience_or_none()
        if known is not None:
            audiences.duplicate(self.db, known.id)

    def _a_remove(self) -> None:
        known = self._audience_or_none()
        if known is not None:
            audiences.delete(self.db, known.name)

    def _a_hold_out(self) -> None:
        known = self._audience_or_none()
        if known is not None:
            comparing.set_hold_out(self.db, known.id, self.chance.choice((0, 10, 50)))

    def _a_press(self) -> None:
        known = self._audience_or_none()
        if known is not None:
            pressed = uploading.press(self.db, known)
            self.db.run(
                "UPDATE upload SET state = 'ready', audience_group_id = id WHERE id = ?", (pressed.job.id,)
            )

    def _a_export(self) -> None:
        known = self._audience_or_none()
        if known is None:
            return
        kind = self.chance.choice(("txt", "csv", "hashed"))
        file = self.file.with_name(f"匯出.{kind}")
        if kind == "txt":
            done = exporting.export_user_ids(self.db, known, file)
        elif kind == "csv":
            done = exporting.export_people(self.db, known, file.with_suffix(".csv"), {"name": "姓名"})
        else:
            done = exporting.export_hashed(self.db, known, file, Platform.META)
        exporting.note(self.db, done)

    def _a_note_day(self) -> None:
        known = self._audience_or_none()
        if known is not None:
            comparing.note_today(self.db, {known.id: (3, 2)})
            assert days.newest(self.db, [known.id])[known.id].people == 3

    def _a_plans(self) -> None:
        message_plans.enter(self.db, "TW", "自訂", 800, 4000, "", datetime.now(UTC).date())

    def _audience_or_none(self) -> Audience | None:
        known = self.db.column("SELECT id FROM audience ORDER BY id")
        return by_id(self.db, self.chance.choice(known)) if known else None

    def _look(self) -> None:
        super()._look()
        for number in self.db.column("SELECT id FROM audience"):
            self._look_at(number)

    def _look_at(self, number: int) -> None:
        """The parts of the difference add up, and each has its names."""
        db = self.db
        audience = by_id(db, number)
        assert audience is not None
        standing = uploaded.standing_uploads(db, number)
        if not standing:
            return
        try:
            condition = audiences.condition_of(db, audience.query)
            sql = compile_condition(condition, query_context(db))
        except UserError:
            return
        found = uploaded.difference(db, number, sql, standing)
        joined = uploaded.joined(db, number, sql, standing, 1_000)
        left = uploaded.left(db, number, sql, standing, 1_000)
        assert (len(joined), len(left)) == (found.joined, found.left)
        assert found.erased <= len(self.strangers) * len(standing)
        for side in (joined, left):
            assert {one.id for one in side if one.id} <= set(self._people())
        sent, held = outcomes.outcomes(db, standing)
        assert sent.people + held.people <= len(self._people())

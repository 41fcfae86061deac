"""Marks of what two people held when they were merged: as long as a mark holds, nothing of hers changed since, and the
merge can be taken back without losing anything."""

from __future__ import annotations

from desktop.store.database import Database

_TAGS = (
    "(SELECT json_group_array(json_array(tag_id, origin, step_id)) FROM"
    " (SELECT tag_id, origin, step_id FROM person_tag h WHERE h.person_id = {0} ORDER BY tag_id))"
)
_ORDERS = (
    "(SELECT json_array(count(*), sum(o.id), sum(o.changed_step)) FROM shop_order o WHERE o.person_id = {0})"
)


def mark_of(person: str) -> str:
    """SQL: the mark of a person's tags and orders.

    Args:
        person: an SQL expression for her id.
    """
    return f"json_array(json({_TAGS.format(person)}), json({_ORDERS.format(person)}))"


def note_apart(db: Database, step_id: int) -> None:
    """Keep the marks of everybody in temp.merging (gone, keep) before they are merged."""
    mark = mark_of("p.id")
    db.run(
        "INSERT INTO merged_person (step_id, person_id, keep, apart, joined)"
        f" SELECT ?1, p.id, m.keep, {mark}, '' FROM person p JOIN"
        " (SELECT gone AS id, keep FROM temp.merging UNION SELECT keep, keep FROM temp.merging) m ON m.id = p.id",
        (step_id,),
    )


def note_joined(db: Database, step_id: int) -> None:
    """Keep the marks of those who stayed, once they were merged."""
    db.run(
        f"UPDATE merged_person SET joined = {mark_of('merged_person.keep')} WHERE step_id = ? AND person_id = keep",
        (step_id,),
    )

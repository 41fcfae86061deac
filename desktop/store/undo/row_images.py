"""How rows become images and images rows again: which columns of which table the history keeps."""

from __future__ import annotations

from dataclasses import dataclass

PERSON_COLUMNS = (
    "member_no line_user_id phone email name line_name gender birthday level store source points"
    " consent blocked do_not_send "
    "friend_at joined_at bound_at friend friend_checked_at note extra folded by_hand stated_orders"
    " stated_total "
    "stated_first_order stated_last_order created_step changed_step"
).split()
"""All columns of a person but the figures kept with her, which follow from her orders."""


@dataclass(frozen=True, slots=True)
class Imaged:
    """A table whose rows the history keeps: its columns, and the row's JSON as an SQL expression on ``r``."""

    table: str
    columns: tuple[str, ...]

    @property
    def image(self) -> str:
        """SQL: the whole row ``r`` as a JSON object; an order brings its items."""
        pairs = [f"'{column}', r.{column}" for column in self.columns]
        if self.table == "shop_order":
            pairs.append(f"'items', {_ITEMS}")
        return f"json_object({', '.join(pairs)})"

    @property
    def from_image(self) -> str:
        """SQL: the columns' values taken from a JSON object named ``image``; a buyer who is gone is left out, and
        pins are turned when all tags are there."""
        values = [f"json_extract(image, '$.{column}')" for column in self.columns]
        if self.table == "tag":
            values[self.columns.index("pinned")] = "NULL"
        if self.table == "audience":
            # Images of an earlier layout know nothing of it.
            share = self.columns.index("hold_out_percent")
            values[share] = f"coalesce({values[share]}, 0)"
        if self.table == "shop_order":
            place = self.columns.index("person_id")
            values[place] = f"(SELECT b.id FROM person b WHERE b.id = {values[place]})"
        return ", ".join(values)


_ITEMS = "(SELECT json_group_array(json_array(i.line, i.item, i.quantity, i.amount)) FROM order_item i WHERE i.order_id = r.id)"

TAG = Imaged(
    "tag",
    ("name", "key", "kind", "meaning", "colour", "grp", "pinned", "used_at", "expires_after", "created_step"),
)
PERSON = Imaged("person", tuple(PERSON_COLUMNS))
SHOP_ORDER = Imaged(
    "shop_order",
    (
        "kind", "order_no", "person_id", "ordered_at", "amount", "status", "counts", "store", "buyer_member_no",
        "buyer_line_user_id", "buyer_phone", "buyer_email", "buyer_name", "row_hash", "created_step", "changed_step",
    ),
)  # fmt: skip
AUDIENCE = Imaged("audience", ("name", "key", "query", "saved_at", "hold_out_percent", "created_step"))

RULE = Imaged("rule", ("name", "key", "query", "tag_id", "takes_off", "after_imports", "created_step"))

PLAN = Imaged("plan", ("kind", "name", "key", "place", "content", "saved_at", "created_step"))

IMAGED = (TAG, PERSON, SHOP_ORDER, AUDIENCE, RULE, PLAN)
"""In the order in which rows can be brought back: what others refer to comes first."""

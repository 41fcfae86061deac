"""The fields a column can fill, in the order of the answers of the command line, and which of them each kind of file has."""

from __future__ import annotations

MEMBER_FIELDS = (
    "member_no",
    "name",
    "phone",
    "email",
    "line_user_id",
    "gender",
    "birthday",
    "level",
    "store",
    "source",
    "points",
    "consent",
    "blocked",
    "do_not_send",
    "friend_at",
    "joined_at",
    "bound_at",
    "tags",
    "note",
    "orders",
    "total",
    "first_order",
    "last_order",
)
"""Fields of a person; the last four are the figures a members file states."""

BUYER_FIELDS = ("member_no", "name", "phone", "email", "line_user_id")
"""What an order says about its buyer."""

ORDER_FIELDS = ("order_no", "ordered_at", "amount", "item", "quantity", "item_amount", "refund", "status")

CHAT_FIELDS = ("sender_type", "name", "sent_at", "message")
"""Fields of a chat log; ``name`` is the friend's display name (from the file's name), never the account's."""

FIELDS_OF = {
    "members": MEMBER_FIELDS,
    "orders": (*ORDER_FIELDS, *BUYER_FIELDS, "store"),
    "form_answers": MEMBER_FIELDS,
    "chat_log": CHAT_FIELDS,
    "user_ids": ("line_user_id",),
}

KINDS = tuple(FIELDS_OF)

SKIPPED = ("ignore", "extra")
"""What a column may be instead of a field: left out, or kept as a column of the shop's own."""

ASSIGNABLE = (*MEMBER_FIELDS, *ORDER_FIELDS, *SKIPPED)
"""What ``--map "欄位=…"`` takes."""

DATE_FIELDS = frozenset(
    {"birthday", "friend_at", "joined_at", "bound_at", "first_order", "last_order", "ordered_at", "sent_at"}
)
NUMBER_FIELDS = frozenset({"points", "total", "amount", "item_amount", "refund", "quantity", "orders"})
FLAG_FIELDS = frozenset({"consent", "blocked", "do_not_send"})

SEVERAL_COLUMNS = {"phone": 4, "status": 4, "tags": 50, "email": 2, "consent": 3}
"""Fields that several columns may fill together: the first usable phone, the worst status, the strictest consent, all tags."""

IDENTITY = frozenset({"member_no", "phone", "email", "line_user_id", "name"})

"""The shares an owner steers by, each defined once as two queries: of whom, and which of them. Because they are queries, every
number opens exactly its people, and a break-down is the same question asked group by group."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.figures.period import Period

FRIENDS, MEMBERS, BOUND = "friend:yes", "shop_member:yes", "bound:yes"
BUYERS = "(orders:>=1 OR order_days:>=1 OR last_order:any)"
"""Who bought at least once: by orders, by a visit at the counter, or as a members file states."""

REPEAT = "(order_days:>=2 OR order_days:none orders:>=2)"
"""Who bought on two days or more; where only a number of orders was stated, it stands for days."""

AFTER_BINDING = "bound_order_days:>={}"
"""Order days on the day of binding or later."""


@dataclass(frozen=True, slots=True)
class Kpi:
    """A share: of the people of ``whole``, those of ``part``; ``{period}`` in them is a range of days.

    Args:
        id: its name in settings and on the command line.
        whole: query of the population.
        part: query that the counted people match too.
    """

    id: str
    whole: str
    part: str

    def queries(self, period: Period) -> tuple[str, str]:
        """The population's query, and the counted people's."""
        whole = self.whole.format(period=period.query)
        return whole, f"{whole} {self.part.format(period=period.query)}"


NEW_FRIEND_BINDING = Kpi("new_friend_binding", "friend_at:{period}", BOUND)
LIST_BINDING = Kpi("list_binding", MEMBERS, BOUND)
FIRST_PURCHASE = Kpi("first_purchase", BOUND, BUYERS)
REPEAT_PURCHASE = Kpi("repeat_purchase", f"{BOUND} {BUYERS}", REPEAT)
ACTIVE = Kpi("active", f"{BOUND} {BUYERS}", "nasl:A")

KPIS: tuple[Kpi, ...] = (NEW_FRIEND_BINDING, LIST_BINDING, FIRST_PURCHASE, REPEAT_PURCHASE, ACTIVE)
"""新好友綁定率, 會員名單綁定比例, 首購率, 再購率, and the share of bound buyers who are active customers."""


KPI_NAMES = tuple(known.id for known in KPIS)


def kpi(name: str) -> Kpi:
    """The KPI of an id.

    Raises:
        KeyError: if there is none.
    """
    return {known.id: known for known in KPIS}[name]

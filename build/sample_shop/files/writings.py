"""How an export writes things down: lost zeros, full-width digits, years of the Republic, ＶＩＰ beside vip. The truth
stays in the people; only the cells are spoilt, each spoilt cell known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from .. import shop_plan as plan
from ..dice import Dice
from ..people import index_of_row
from ..person import Person

FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
VIP_WRITINGS = ["VIP", "VIP", "VIP", "VIP", "ＶＩＰ", "vip", "Vip", "VIP "]
BROKEN_PHONES = ["0912-34", "09335550", "0928-55", "0966-555-"]


class PhoneWritings:
    """Which people's phones lost their zero, which are broken, and how the others are written."""

    def __init__(self, people: Sequence[Person]) -> None:
        dice = Dice(f"{plan.SEED}/phone writings")
        ready = [p for p in people if p.phone and not p.phone_shared and p.member_no and not p.fixed]
        ready = [p for p in ready if not p.written_user_id and len(p.tags) <= plan.TAG_LIMIT]
        first = people[index_of_row(305)]
        broken = [first, *[p for p in dice.shuffled(ready) if p is not first][: plan.BROKEN_PHONES - 1]]
        self.broken = dict(zip(broken, BROKEN_PHONES, strict=True))
        with_phone = [p for p in people if p.phone and p not in self.broken and p.member_no != "W00231"]
        king = [p for p in people if p.member_no == "W00231"]
        self.lost_zero = set(king + dice.some(with_phone, plan.LOST_ZEROS - 1))

    def cell(self, person: Person) -> str | int | None:
        """The phone cell of the members export: text, or a number where Excel took the zero."""
        if person in self.broken:
            return self.broken[person]
        if person.phone is None:
            return None
        if person in self.lost_zero:
            return int(person.phone)
        return write_phone(person.phone, Dice(f"{plan.SEED}/phone/{person.index}"))

    def true_phone(self, person: Person) -> str | None:
        """The phone that can be read from the export, as E.164; None where there is none or it is broken."""
        return None if person.phone is None or person in self.broken else "+886" + person.phone[1:]


def write_phone(phone: str, dice: Dice) -> str:
    """A mobile of ten digits in one of the ways people write it."""
    dashed = f"{phone[:4]}-{phone[4:7]}-{phone[7:]}"
    ways = [
        (dashed, 62.0),
        (phone, 24.0),
        (f"+886{phone[1:]}", 6.0),
        (f"{phone[:4]} {phone[4:7]} {phone[7:]}", 5.0),
        (dashed.translate(FULL_WIDTH), 3.0),
    ]
    return dice.weighted(ways)


def write_roc(day: date) -> str:
    """A date in years of the Republic of China: 1990-11-03 is 79/11/03 (year minus 1911)."""
    return f"{day.year - 1911}/{day.month:02d}/{day.day:02d}"


def write_moment(at: datetime, seconds: bool = False) -> str:
    """2023/4/10 下午 03:12, as shop platforms and Google Forms write it."""
    half, hour = ("上午" if at.hour < 12 else "下午"), (at.hour - 1) % 12 + 1
    end = f"{hour}:{at.minute:02d}:{at.second:02d}" if seconds else f"{hour:02d}:{at.minute:02d}"
    return f"{at.year}/{at.month}/{at.day} {half} {end}"


def write_money(amount: int, dice: Dice) -> str | int:
    """$18,420 as text, or a plain number."""
    return f"${amount:,}" if dice.chance(0.6) else amount


def write_tags(person: Person) -> str | None:
    """The tags cell: joined by 、, VIP in several writings, now and then the same tag twice in two writings."""
    dice = Dice(f"{plan.SEED}/tags cell/{person.index}")
    written = [dice.pick(VIP_WRITINGS) if tag == "VIP" and not person.fixed else tag for tag in person.tags]
    if "VIP" in person.tags and len(written) < plan.TAG_LIMIT and dice.chance(0.05):
        written.append("ＶＩＰ")
    return "、".join(written) or None


def write_points(points: int, dice: Dice) -> str | int:
    """Points as a number; in a few cells typed by hand in full-width digits."""
    return str(points).translate(FULL_WIDTH) if dice.chance(0.01) else points


def write_email(email: str | None, dice: Dice) -> str | None:
    """The mail address; a few typed in capitals."""
    return email.upper() if email and dice.chance(0.04) else email

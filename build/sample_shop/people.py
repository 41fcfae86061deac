"""Invents the 5,214 people: who they are, how they can be reached, who is a friend and who is bound."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256

from . import shop_plan as plan
from . import vocabulary as words
from .dice import Curve, Dice, quantile
from .person import Person

JOINING: Curve = [(0, 0), (230.5 / plan.PEOPLE, 95), (1, (plan.TODAY - plan.OPENED).days + 0.999)]
"""Share of the people → days since the opening. The 231st joined on 2023-04-10, as in the pictures."""
PREFIXES = [prefix for prefix in range(10, 90) if prefix != 55]


def make_people() -> list[Person]:
    """The people in the order in which they joined, without orders and tags yet."""
    people = [_joined(index) for index in range(plan.PEOPLE)]
    _number(people)
    _name_the_faces(people)
    _give_phones(people)
    _give_families(people)
    _give_details(people)
    _befriend(people)
    return people


def index_of_row(row: int) -> int:
    """Which person stands in a row of the sheet (rows from 1, as the spreadsheet shows them)."""
    return row - plan.HEADER_ROW - 1 - sum(nobody < row for nobody in plan.NOBODY_ROWS)


def made_up_user_id(what: str) -> str:
    """A LINE user ID (U and 32 hex digits) that belongs to nobody: a hash of the seed and a word."""
    return "U" + sha256(f"{plan.SEED}/{what}".encode()).hexdigest()[:32]


def _joined(index: int) -> Person:
    dice = Dice(f"{plan.SEED}/person/{index}")
    days = int(quantile(JOINING, (index + dice.share()) / plan.PEOPLE) if index != 230 else 95)
    store = dice.weighted(words.STORES)
    at = datetime.combine(plan.OPENED, datetime.min.time()) + timedelta(
        days=days, hours=dice.between(8, 20), minutes=dice.between(0, 59)
    )
    woman = dice.chance(0.56)
    given = dice.pick(words.WOMEN if woman else words.MEN)
    if not woman and dice.chance(0.012):
        given = dice.pick(words.NOT_IN_BIG5)
    gender = None if dice.chance(0.15) else ("女" if woman else "男")
    name = dice.weighted(words.SURNAMES) + given
    return Person(index, None, name, gender, at, store, dice.weighted(words.SOURCES[store]))


def _number(people: list[Person]) -> None:
    """Sorts by time of joining and gives member numbers; a few who signed up at the counter have none."""
    people.sort(key=lambda person: (person.joined_at, person.index))
    dice = Dice(f"{plan.SEED}/numbers")
    without = set(dice.some(range(1000, plan.PEOPLE - 200), plan.WITHOUT_NUMBER))
    number = 0
    for index, person in enumerate(people):
        person.index = index
        if index not in without:
            number += 1
            person.member_no = f"W{number:05d}"


def _name_the_faces(people: list[Person]) -> None:
    for name, number, store, tags, _, _, _, _ in words.FACES:
        person = people[number - 1]
        person.name, person.store, person.tags, person.fixed = name, store, list(tags), True
        person.source = Dice(f"{plan.SEED}/face/{number}").weighted(words.SOURCES[store])
        person.gender = "男" if name[1:] in words.MEN else "女"
    people[230].joined_at = datetime(2023, 4, 10, 15, 12)


def _give_phones(people: list[Person]) -> None:
    """Mobiles 09xx-555-xxx: valid for Taiwan, and plainly made up."""
    dice = Dice(f"{plan.SEED}/phones")
    numbers = dice.shuffled(range(len(PREFIXES) * 1000))
    for person, number in zip(people, numbers, strict=False):
        prefix, end = PREFIXES[number // 1000], number % 1000
        if person.member_no is None or person.fixed or not dice.chance(0.042):
            person.phone = f"09{prefix}555{end:03d}"
    people[230].phone = "0912345678"


def _give_families(people: list[Person]) -> None:
    """Families: the second and third member stand in the list with the phone, some with the mail, of the first."""
    dice = Dice(f"{plan.SEED}/families")
    pairs = [(people[index_of_row(40)], people[index_of_row(771)])]
    ready = [person for person in people if person.phone and person.member_no and not person.fixed]
    ready = [person for person in dice.shuffled(ready) if person not in pairs[0]]
    for place in range(0, 190, 2):
        pairs.append((ready[place], ready[place + 1]))
    for third in range(200, 215):
        pairs.append((ready[(third - 200) * 2], ready[third]))
    for first, other in pairs:
        other.phone = first.phone
        first.phone_shared = other.phone_shared = True
        other.name = (
            first.name[:-2] + other.name[-2:] if len(first.name) == 3 and len(other.name) == 3 else other.name
        )


def _give_details(people: list[Person]) -> None:
    """Mail, birthday, consent, favourite taste and a note, each known of a part of the people."""
    seen_phones: dict[str, Person] = {}
    for person in people:
        dice = Dice(f"{plan.SEED}/details/{person.index}")
        handle = f"{dice.pick(words.ENGLISH).lower()}.{person.index + 1:04d}"
        if dice.chance(0.62) or (person.phone is None and person.index % 2):
            person.email = f"{handle}@{dice.pick(['example.com', 'example.net', 'example.org'])}"
        if dice.chance(0.7):
            person.birthday = _birthday(dice)
        person.consent = dice.weighted([(True, 71), (None, 20), (False, 9)])
        person.favourite = dice.pick(words.FAVOURITES) if dice.chance(0.45) else None
        person.note = dice.pick(words.NOTES) if dice.chance(0.05) else None
        if person.phone_shared and person.phone:
            first = seen_phones.setdefault(person.phone, person)
            if first is not person and dice.chance(0.2):
                person.email = first.email
    king = people[230]
    king.birthday, king.consent = date(1990, 11, 3), True


def _birthday(dice: Dice) -> date:
    year = int(dice.along([(0, 1955), (0.1, 1970), (0.35, 1984), (0.7, 1996), (0.99, 2010), (1, 2012)]))
    return date(year, 1, 1) + timedelta(days=dice.between(0, 364))


def _befriend(people: list[Person]) -> None:
    """Decides who is a friend since when, who is bound, and whose user ID the export broke."""
    dice = Dice(f"{plan.SEED}/friends")
    broken = [people[index_of_row(118)]]
    faces = {people[number - 1]: bound for _, number, _, _, _, _, _, bound in words.FACES}
    new = _new_friends(people, dice, {*faces, *broken})
    taken = set(new)
    before = [person for person in people if person not in taken and person.joined_at.year < 2026]
    rest = [person for person in dice.shuffled(before) if person not in faces and person not in broken]
    bound = [person for person in faces if faces[person]]
    bound += rest[: plan.BOUND - len(bound) - sum(bound for _, bound in plan.NEW_FRIENDS.values())]
    unbound = broken + rest[len(rest) - plan.EARLIER_UNBOUND_FRIENDS + 1 :]
    for person in bound:
        _friend_before_2026(person, dice)
        _bind(person, dice, late=0.15)
    for person in unbound:
        _friend_before_2026(person, dice)
    pool = [
        p for p in [*unbound, *new] if p.friend_on and not p.line_user_id and p not in broken and p.member_no
    ]
    for place, person in enumerate(broken + dice.some(pool, plan.BROKEN_USER_IDS - 1)):
        person.line_user_id = made_up_user_id(f"friend/{person.index}")
        person.written_user_id = _break_user_id(person.line_user_id, place)


def _new_friends(people: list[Person], dice: Dice, taken: set[Person]) -> list[Person]:
    """The friends of 2026, exactly as many of each store as the plan says, mostly people who also joined in 2026."""
    chosen: list[Person] = []
    for store, (friends, bound) in plan.NEW_FRIENDS.items():
        here = [person for person in people if person.store == store and person not in taken]
        joined = dice.shuffled([person for person in here if person.joined_at.year == 2026])
        older = dice.shuffled([person for person in here if person.joined_at.year < 2026])
        first = joined[: min(len(joined) * 9 // 10, friends)]
        these = dice.shuffled(first + older[: friends - len(first)])
        for place, person in enumerate(these):
            if person.joined_at.year == 2026:
                person.friend_on = min(
                    person.joined_at.date() + timedelta(days=dice.between(0, 12)), plan.TODAY
                )
            else:
                person.friend_on = date(2026, 1, 1) + timedelta(days=dice.between(0, 323))
            if place < bound:
                _bind(person, dice, late=0)
        chosen += these
    return chosen


def _friend_before_2026(person: Person, dice: Dice) -> None:
    joined = person.joined_at.date()
    days = int(dice.along([(0, 0), (0.6, 3), (0.85, 60), (1, 400)]))
    person.friend_on = min(joined + timedelta(days=days), date(2025, 12, 31))


def _bind(person: Person, dice: Dice, late: float) -> None:
    """Gives a user ID and the day of binding: soon after becoming a friend, or (for a share `late`) only in 2026."""
    person.line_user_id = made_up_user_id(f"friend/{person.index}")
    if person.member_no == "W00231":
        person.line_user_id = "U4af4980629" + person.line_user_id[11:]
    since = person.friend_on or plan.TODAY
    if dice.chance(late):
        person.bound_on = date(2026, 1, 1) + timedelta(days=dice.between(0, 323))
    else:
        days = int(dice.along([(0, 0), (0.5, 1), (0.75, 7), (0.9, 30), (0.97, 90), (1, 150)]))
        person.bound_on = min(since + timedelta(days=days), plan.TODAY)


def _break_user_id(user_id: str, place: int) -> str:
    """What a careless export makes of a user ID; none of these can be repaired into a valid one."""
    kinds = [
        user_id[:-1],
        user_id + "0",
        user_id[:20],
        "C" + user_id[1:],
        user_id[:12] + "g" + user_id[13:],
        f"daydayfan{place:02d}",
        f"@coffee{place:02d}",
        user_id[:15] + "…",
    ]
    return kinds[0] if place == 0 else kinds[place % len(kinds)]

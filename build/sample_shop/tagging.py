"""Puts the 36 tags on the people: exactly as many of each as the plan says, on those whom they suit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from . import shop_plan as plan
from . import vocabulary as words
from .dice import Dice
from .people import index_of_row
from .person import Person

LAPSED_SINCE = plan.TODAY - timedelta(days=60)
MOST_OF_OTHERS = 8
"""How many tags people get who are not among the few with ten and more."""
FULL_PEOPLE = 14


def give_levels(people: list[Person]) -> None:
    """Member level and points follow from what was spent."""
    for person in people:
        dice = Dice(f"{plan.SEED}/points/{person.index}")
        person.level = next(level for level, least in words.LEVELS if person.total >= least)
        person.points = person.total // 30 + (dice.between(0, 40) if person.total or dice.chance(0.3) else 0)


def give_tags(people: list[Person]) -> None:
    """Fills `Person.tags`; needs orders and classes."""
    wanted = dict(words.TAGS)
    born = [
        person for person in people if person.birthday and person.birthday.month == 11 and not person.fixed
    ]
    wanted["生日 11 月"] = len(born)
    for person in born:
        person.tags.append("生日 11 月")
    for person in people:
        if person.fixed:
            for tag in person.tags:
                wanted[tag] -= 1
    over = _fill_the_full(people, wanted)
    suits = _suits(people)
    free = [person for person in people if not person.fixed and person not in over]
    for tag in [tag for tag in wanted if tag not in ("熟客", "生日 11 月")]:
        ready = [person for person in free if tag not in person.tags and len(person.tags) < MOST_OF_OTHERS]
        for person in _best(ready, wanted[tag], suits[tag], tag):
            person.tags.append(tag)
    _give_regulars(free, people, wanted["熟客"])
    for person in people:
        if not person.fixed:
            person.tags = _order_of_cell(person)


def lapsed_regular(person: Person) -> bool:
    """「60 天未回購熟客」, as the pictures have it."""
    return bool({"熟客", "VIP"} & set(person.kept_tags)) and _lapsed_without_market(person)


def _lapsed_without_market(person: Person) -> bool:
    last = person.last_order
    return last is not None and last < LAPSED_SINCE and "市集" not in person.kept_tags


def _fill_the_full(people: list[Person], wanted: dict[str, int]) -> set[Person]:
    """Eleven people with more than ten tags and some with exactly ten; their first ten count towards the plan."""
    dice = Dice(f"{plan.SEED}/full")
    king_row = people[index_of_row(902)]
    buyers = [
        p
        for p in people
        if p.buyer_class == "A" and not p.fixed and not p.written_user_id and p is not king_row
    ]
    chosen = [king_row, *dice.some(buyers, plan.OVER_LIMIT - 1 + FULL_PEOPLE)]
    usual = [tag for tag in wanted if wanted[tag] >= 90 and tag != "生日 11 月"]
    for place, person in enumerate(chosen):
        count = plan.TAG_LIMIT
        if place < plan.OVER_LIMIT:
            count += 2 if place == 0 else dice.between(1, 3)
        known = person.tags
        person.tags = known + [tag for tag in dice.shuffled(usual) if tag not in known][: count - len(known)]
        for tag in person.tags[: plan.TAG_LIMIT]:
            wanted[tag] -= tag not in known
    return set(chosen)


def _best(people: list[Person], count: int, suits: Callable[[Person], float], tag: str) -> list[Person]:
    dice = Dice(f"{plan.SEED}/tag/{tag}")
    scored = [
        (suits(person) + dice.share() - 0.22 * len(person.tags), person.index, person) for person in people
    ]
    return [person for _, _, person in sorted(scored, reverse=True)[:count]]


def _suits(people: list[Person]) -> dict[str, Callable[[Person], float]]:
    """How well each tag suits a person: 0 not at all (chance decides) to 2 very well."""
    totals = {person: person.total for person in people}
    bought = {person: {line.item for order in person.counting for line in order.lines} for person in people}

    def had(*items: str) -> Callable[[Person], float]:
        return lambda person: 1.6 if bought[person] & set(items) else 0.0

    def often(least: int) -> Callable[[Person], float]:
        return lambda person: min(len(person.counting) / least, 1.0)

    suits: dict[str, Callable[[Person], float]] = {tag: often(8) for tag in words.TAGS}
    suits |= {
        "VIP": lambda person: min(totals[person] / 9_000, 2.0),
        "豆子訂閱": had("豆子訂閱 月配"),
        "愛喝豆漿拿鐵": had("豆漿拿鐵"),
        "禮盒": had(*[item for item, _ in words.GIFTS]),
        "送禮需求": had(*[item for item, _ in words.GIFTS]),
        "市集": lambda person: 1.6 if person.store == "快閃店" else 0.0,
        "燕麥奶": had("燕麥奶拿鐵"),
        "拿鐵控": had("冰拿鐵", "熱拿鐵"),
        "手沖派": had("手沖單品", "手沖入門組"),
        "試過冷萃": had("冷萃咖啡"),
        "抹茶粉絲": had("抹茶歐蕾"),
        "愛吃甜點": had("巴斯克乳酪蛋糕", "肉桂捲", "司康"),
        "公司訂購": had(*[item for item, _ in words.BULK]),
        "學生": lambda person: 1.5 if person.birthday and person.birthday.year >= 2002 else 0.0,
        "上班族": lambda person: 0.8 if not person.birthday or person.birthday.year < 2002 else -0.5,
        "問卷已填": lambda person: 1.0 if person.bound else 0.0,
        "勿擾": lambda person: 1.5 if person.consent is False else -1.0,
    }
    return suits


def _give_regulars(free: list[Person], people: list[Person], count: int) -> None:
    """熟客: so many that 「60 天未回購熟客」 has exactly the people, and the unbound people, of the plan."""
    whole, unbound = plan.LAPSED_REGULARS
    already = [person for person in people if lapsed_regular(person)]
    chosen: list[Person] = []
    ready = [person for person in free if len(person.tags) < MOST_OF_OTHERS + 1]
    for bound, wanted in ((True, whole - unbound), (False, unbound)):
        missing = wanted - sum(person.bound is bound for person in already)
        pool = [p for p in ready if p.bound is bound and "VIP" not in p.tags and _lapsed_without_market(p)]
        chosen += _best(pool, missing, _regularity, f"熟客/{bound}")
    rest = [person for person in ready if not _lapsed_without_market(person) or "VIP" in person.tags]
    chosen += _best(rest, count - len(chosen), _regularity, "熟客")
    for person in chosen:
        person.tags.append("熟客")


def _regularity(person: Person) -> float:
    return min(len(person.order_days) / 6, 2.0) + (1.0 if len(person.order_days) >= 2 else 0.0)


def _order_of_cell(person: Person) -> list[str]:
    """The order in which the tags stand in the cell: the weighty ones first; of full people as they are."""
    if len(person.tags) >= plan.TAG_LIMIT:
        return person.tags
    dice = Dice(f"{plan.SEED}/cell/{person.index}")
    first = [tag for tag in ("VIP", "熟客") if tag in person.tags]
    return first + dice.shuffled([tag for tag in person.tags if tag not in first])

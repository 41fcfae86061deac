"""Gives each column of a file its field, from its name and its values together: a name the values contradict is not believed,
and values that can be only one thing need no name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from desktop.importer.columns.by_values import Assigned, by_values, fill_up, is_row_number
from desktop.importer.columns.evidence import ColumnEvidence
from desktop.importer.columns.fields import (
    DATE_FIELDS,
    FIELDS_OF,
    FLAG_FIELDS,
    NUMBER_FIELDS,
    SEVERAL_COLUMNS,
)
from desktop.importer.columns.names import NameMatch, match_name, name_key
from desktop.importer.columns.readers import FLAG_READERS
from desktop.importer.values.consents import (
    is_plain_answer,
    names_a_block,
    read_blocked,
    read_refusal,
)

PARTS = {
    "family_name": ("name", "family"),
    "given_name": ("name", "given"),
    "phone_code": ("phone", "code"),
    "order_time": ("ordered_at", "time"),
    "birth_year": ("birthday", "year"),
    "birth_month": ("birthday", "month"),
    "birth_day": ("birthday", "day"),
    "unit_price": ("item_amount", "unit"),
    "cancelled": ("status", "cancelled"),
    "left": ("blocked", "left"),
    "refused": ("consent", "refused"),
    "refused_channel": ("consent", "channel"),
}
"""Names in names.toml that stand for a part of a field."""

EXTRA = Assigned("extra", confidence=0.5)


def support(field: str, evidence: ColumnEvidence) -> float | None:
    """How far the values of a column fit a field, from 0 to 1; None where any text would do or there are no values."""
    if not evidence.sample:
        return None
    if field in DATE_FIELDS:
        return evidence.date_loose if field == "birthday" else max(evidence.date, _serials(evidence))
    if field in NUMBER_FIELDS:
        return evidence.number * (evidence.date < 0.5)
    if field in FLAG_FIELDS:
        return evidence.answers(FLAG_READERS[field])
    test = _FITS.get(field)
    return test(evidence) if test else None


def _not_if(wrong: bool) -> float | None:
    """Any text would do, but not values that are plainly something else."""
    return 0.0 if wrong else None


def _numbers_within(values: ColumnEvidence, least: int, most: int) -> float:
    plain = [text.rstrip("年月日") for text in values.sample]
    return sum(text.isdecimal() and least <= int(text) <= most for text in plain) / len(plain)


_FITS: dict[str, Callable[[ColumnEvidence], float | None]] = {
    "refused": lambda values: values.answers(read_refusal),
    "refused_channel": lambda values: values.answers(read_refusal),
    "left": lambda values: values.date_loose,
    "phone": lambda values: values.phone,
    "email": lambda values: values.email,
    "line_user_id": lambda values: values.user_id,
    "gender": lambda values: values.gender,
    "order_time": lambda values: (
        float(all(":" in text or "點" in text for text in values.sample)) * (values.date < 0.5)
    ),
    "birth_year": lambda values: _numbers_within(values, 1, 2100),
    "birth_month": lambda values: _numbers_within(values, 1, 12),
    "birth_day": lambda values: _numbers_within(values, 1, 31),
    "phone_code": lambda values: float(all(len(text) <= 6 for text in values.sample)),
    "name": lambda values: _not_if(
        max(values.flag, values.email, values.user_id, values.number, values.code) > 0.8
    ),
    "member_no": lambda values: _not_if(values.user_id >= 0.5),
    "tags": lambda values: _not_if(max(values.number, values.date) > 0.8),
    "item": lambda values: _not_if(max(values.number, values.date) > 0.9),
    "order_no": lambda values: _not_if(
        (values.date > 0.8 and not all(map(str.isdecimal, values.sample)))
        or (values.flag > 0.9 and not values.number)
    ),
}


def _serials(evidence: ColumnEvidence) -> float:
    numbers = [text for text in evidence.sample if re.fullmatch(r"\d{1,13}(?:\.\d+)?", text, re.ASCII)]
    fitting = sum(20_000 <= float(text) <= 73_000 or float(text) > 1e9 for text in numbers)
    return fitting / len(evidence.sample)


_NEEDED = {"exact": 0.25, "around": 0.4, "pattern": 0.5, "contains": 0.5, "weak": 0.6}


def _believed(match: NameMatch, evidence: ColumnEvidence) -> float:
    """How sure a name's meaning is once the values were heard; 0: not believed."""
    fit = support(match.field, evidence)
    if fit is None:
        if match.how == "weak":
            return _weak_without_support(match.field, evidence)
        return match.score if evidence.sample or match.how == "exact" else match.score * 0.7
    if fit < _NEEDED[match.how]:
        # A column that says LINE UID and holds nothing but wrong IDs is better reported than hidden among the extras.
        sure = match.how == "exact" and match.field in (
            "line_user_id",
            "phone",
            "email",
            "birthday",
            "gender",
        )
        hopeless = match.field in ("birthday", "gender") and fit == 0 and evidence.distinct > 3
        return match.score * 0.6 if sure and not hopeless else 0.0
    return min(0.99, match.score * (0.8 + 0.2 * fit) + 0.1 * fit * (match.how != "exact"))


_PART_OF_A_NAME = re.compile(r"[^\W\d_][^\d,;@]{0,19}")


def _weak_without_support(field: str, evidence: ColumnEvidence) -> float:
    """Weak names of fields that any text could fill."""
    if not evidence.sample:
        return 0.0
    if field == "name":
        return 0.55 if evidence.name >= 0.3 else 0.3 if evidence.length < 20 and evidence.flag < 0.8 else 0.0
    if field in ("member_no", "order_no"):
        return 0.5 if not is_row_number(evidence) and evidence.distinct >= 0.5 * len(evidence.values) else 0.0
    if field in ("family_name", "given_name"):
        return 0.5 if all(_PART_OF_A_NAME.fullmatch(text) for text in evidence.sample) else 0.0
    if field == "level" and evidence.number > 0.8:
        return 0.0  # grades of pupils, floors
    return 0.35 if evidence.distinct <= max(30, len(evidence.values) * 0.3) or field == "item" else 0.0


def assign(
    names: Sequence[str], evidence: Sequence[ColumnEvidence], kind: str, fixed: Mapping[int, Assigned]
) -> list[Assigned]:
    """The field of each column.

    Args:
        names: the columns' names, "" where there is none.
        evidence: what their values say, in the same order.
        kind: the kind of file, which limits the fields.
        fixed: columns already decided by the owner.
    """
    allowed = set(FIELDS_OF[kind])
    animals = any(_ANIMALS.search(name) for name in names)
    result: dict[int, Assigned] = dict(fixed)
    taken = [assigned for assigned in fixed.values() if assigned.field in allowed]
    candidates = []
    for index, (name, values) in enumerate(zip(_halves_of_names(names), evidence, strict=True)):
        if index not in result:
            told = allowed - _ITS_OWN if animals and _AN_ANIMALS.fullmatch(name_key(name)) else allowed
            candidates += [(sure, -index, found) for found, sure in _candidates(name, values, told, kind)]
    for _, minus_index, found in sorted(candidates, key=lambda item: (-item[0], -item[1])):
        index = -minus_index
        if index not in result and _fits(found, taken):
            result[index] = found
            taken.append(found)
    _take_back(result, names)
    fill_up(result, names, evidence, allowed)
    return [result.get(index, _left_over(names[index], kind)) for index in range(len(names))]


_FAMILY = ("姓", "姓氏", "氏")
_GIVEN = ("名", "名字")


def _halves_of_names(names: Sequence[str]) -> list[str]:
    """The names, with 生徒姓 and 生徒名, 姓氏 and 名字 beside each other as what they are: 姓 and 名."""
    keys = [name_key(name) for name in names]
    halves: dict[str, str] = {}
    for family in (key for key in keys if key.endswith(_FAMILY)):
        given = [key for word in _GIVEN if (key := f"{family.rstrip('姓氏')}{word}") in keys]
        if given:
            halves |= {family: "姓", given[0]: "名"}
    return [halves.get(key, name) for key, name in zip(keys, names, strict=True)]


# In a vet's file the patient, and what is told of nobody by name, is the animal.
_ANIMALS = re.compile(r"品種|犬種|動物種|\bspecies|\bbreed|晶片", re.IGNORECASE)
_AN_ANIMALS = re.compile(
    r"(?:patient|病患|患者|患畜|動物)(?:name|姓名|名|名稱)?|sex|gender|性別|dob|birthday|birthdate|dateofbirth|生日|出生日期|誕生日|生年月日"
)
_ITS_OWN = {"name", "gender", "birthday"}

# Days of an appointment, beside which the day somebody wrote it down is no day of joining.
APPOINTMENT = re.compile(
    r"(?:預約|訂位|預定|掛號|看診|課程|上課|booking|reserv|appointment|check-?in|check-?out|来店予約|予約)(?:的)?(?:日期|時間|時段|日時|日|date|time|at|slot|on)",
    re.IGNORECASE,
)
_WRITTEN_DOWN = re.compile(r"建立|新增|登錄|登記|作成|登録|creat|add", re.IGNORECASE)


def _take_back(result: dict[int, Assigned], names: Sequence[str]) -> None:
    """Fields that the columns beside them rule out."""
    parts = {one.part for one in result.values() if one.field == "birthday" and one.part}
    halved = bool(parts) and not {"month", "day"} <= parts
    consents = {one.part for one in result.values() if one.field == "consent"}
    appointments = any(APPOINTMENT.search(name) for name in names)
    for index, one in list(result.items()):
        of_a_birthday = one.field == "birthday" and bool(one.part) and halved
        of_another_channel = one.part == "channel" and consents != {"channel"}
        of_an_appointment = (
            one.field == "joined_at"
            and one.why != "owner"
            and appointments
            and bool(_WRITTEN_DOWN.search(names[index]))
        )
        if of_a_birthday or of_another_channel or of_an_appointment:
            del result[index]


# Names that systems and people give columns to which they give no name.
_NO_NAME = re.compile(r"[A-Z]{1,2}|(?:欄位?|列|column|col|field|unnamed:?|f)[\s_:]*\d+", re.IGNORECASE)
_RECIPIENT = re.compile(
    r"收件|收貨|收.人|收.者|取件|取貨人|代收|受贈|送付先|お届け先|配送|shipping|recipient|receiver|consignee|(?:^|[^a-z])ship(?!op)|deliver",
    re.IGNORECASE,
)
_SOMEBODYS = re.compile(r"卡|會員|用戶|使用者|帳號|user|card|member|customer", re.IGNORECASE)


def _beside_the_point(match: NameMatch, name: str, kind: str) -> bool:
    """In an order, a bare number is the order's and not the buyer's, and the recipient may be somebody else."""
    if kind != "orders":
        return False
    if match.field == "member_no" and match.how == "weak":
        return not _SOMEBODYS.search(name)
    return match.field in ("phone", "name", "email") and bool(_RECIPIENT.search(name))


_FRIEND = re.compile(r"好友|friend|follow|追蹤|友だち|友達", re.IGNORECASE)


def _says_friend(match: NameMatch, name: str, evidence: ColumnEvidence) -> bool:
    """A friend's state tells of blocks only in words: 「是」 there is a friend, not a block, and 「未加好友」 neither."""
    if match.field != "blocked" or not _FRIEND.search(name):
        return False
    if any(map(is_plain_answer, evidence.sample)):
        return True
    never = any(read_blocked(text).value is None for text in evidence.sample)
    return never and not any(map(names_a_block, evidence.sample))


_FEW = 8
"""Cells from which on it shows whether they differ as names and numbers of people do."""


def _repeats(match: NameMatch, evidence: ColumnEvidence, kind: str) -> bool:
    """Whether the same few words stand in a column that, by a name not quite a number's or a person's, would tell people
    apart: VIP1 and VIP2 under VIP Code; or a mark, ★ under VIP, which as a number would make one person of all who have it."""
    if match.field == "member_no" and match.how != "exact" and _is_mark(evidence):
        return True
    if kind != "members" or match.how == "exact" or len(evidence.values) < _FEW:
        return False
    rare = evidence.distinct < 0.3 * len(evidence.values)
    return rare and (match.field == "member_no" or (match.field == "name" and evidence.person < 0.5))


def _some_type_their_number(matches: Sequence[NameMatch], evidence: ColumnEvidence, kind: str) -> bool:
    """Whether a form's question for the member number or a phone was answered with a number here and there."""
    asked = {match.field for match in matches}
    return kind == "form_answers" and {"member_no", "phone"} <= asked and evidence.phone_strict < 1


def _is_mark(evidence: ColumnEvidence) -> bool:
    values = evidence.values
    if len(values) > 1 and evidence.distinct == 1:
        return True
    short = bool(values) and all(len(text) == 1 for text in values)
    return short and (evidence.distinct < len(values) or not all(map(str.isdecimal, values)))


def _candidates(
    name: str, evidence: ColumnEvidence, allowed: set[str], kind: str
) -> list[tuple[Assigned, float]]:
    matches = match_name(name) if name else ()
    found: list[tuple[Assigned, float]] = []
    if evidence.secret:
        return [(Assigned("ignore", "", 0.9, "secret"), 2.0)]
    other = any(match.field == "extra" for match in matches) or bool(_RECIPIENT.search(name))
    for match in matches:
        if match.field == "ignore":
            return [(Assigned("ignore", "", match.score, "secret"), 2.0)]
        if other and matches[0].field == "extra" and kind != "orders":
            continue
        field, part = PARTS.get(match.field, (match.field, ""))
        if field not in allowed or _beside_the_point(match, name, kind):
            continue
        if _says_friend(match, name, evidence) or _repeats(match, evidence, kind):
            continue
        sure = _believed(match, evidence)
        if field == "phone" and _some_type_their_number(matches, evidence, kind):
            sure = 0.0  # read as numbers, its phones are still heard; as phones, the numbers would be lost
        if sure > 0:
            why = "both" if support(match.field, evidence) and evidence.sample else "name"
            found.append((Assigned(field, part, sure, why), sure))
    if other:
        return found
    if not found:
        for field, sure in by_values(evidence, name, unnamed=not name or bool(_NO_NAME.fullmatch(name))):
            if field in allowed:
                found.append((Assigned(field, "", sure, "values"), sure * 0.9))
    elif max(sure for _, sure in found) < _DOUBTFUL:
        found += _in_spite_of_its_name(evidence, allowed, found)
    return found


_DOUBTFUL = 0.62
"""What a name says by itself when it is a weak one: 編號, ID, LINE."""


def _in_spite_of_its_name(
    evidence: ColumnEvidence, allowed: set[str], named: list[tuple[Assigned, float]]
) -> list[tuple[Assigned, float]]:
    """Fields that can be told from the values alone go before a name that says little: phones under 編號."""
    told = {one.field for one, _ in named}
    plain = {"line_user_id": evidence.user_id, "email": evidence.email, "phone": evidence.phone_strict}
    return [
        (Assigned(field, "", 0.6 + 0.2 * share, "values"), 0.6 + 0.2 * share)
        for field, share in plain.items()
        if share >= 0.8 and field in allowed and field not in told
    ]


_BESIDE_THE_WHOLE = frozenset({"code", "time", "unit", "cancelled", "refused", "channel", "left"})


def _fits(found: Assigned, taken: list[Assigned]) -> bool:
    """Whether a field is still free: once for most; several columns for some; a name whole or in its two parts."""
    same = [other for other in taken if other.field == found.field]
    if not same or found.field == "ignore":
        return True
    if found.part == "channel":
        return len(same) < SEVERAL_COLUMNS["consent"]
    if found.part:
        return found.part not in {other.part for other in same} and (
            found.part in _BESIDE_THE_WHOLE or all(o.part for o in same)
        )
    if found.field in ("name", "birthday") and any(other.part for other in same):
        return False
    whole = [other for other in same if not other.part]
    if not whole:
        return True
    # Further columns join only by their name: values alone may be somebody else's phone.
    return (
        len(whole) < SEVERAL_COLUMNS.get(found.field, 1) and found.why != "values" and found.confidence >= 0.5
    )


def _left_over(name: str, kind: str) -> Assigned:
    if kind in ("orders", "chat_log", "user_ids"):
        return Assigned("ignore", confidence=0.5, why="no_place")
    return EXTRA._replace(
        why="other" if any(match.field == "extra" for match in match_name(name)) else "unknown"
    )

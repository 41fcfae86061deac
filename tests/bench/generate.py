"""Makes people and orders in any number, always the same, written row by row: what the measurements read.

`python -m tests.bench.generate SIZE [FILE…]` makes the files of a size; the measurements make what they miss.
A members file has ten columns; 1.1 % of its rows are a second row of somebody above.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from tests.bench.sizes import LAST_DAY, ORDERS_EACH, ROOT, SIZES, folder_of

COLUMNS = ["會員編號", "姓名", "手機", "Email", "性別", "生日", "LINE UID", "門市", "加入日期", "標籤"]
ORDER_COLUMNS = ["訂單編號", "訂單日期", "會員編號", "門市", "訂單狀態", "訂單合計"]
SURNAMES = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴徐周葉蘇莊呂江何羅蕭高"
GIVEN = "怡雅佳詩淑雯珊郁婷宜庭美玲品妤欣子晴若瑜思穎筱涵惠靜心蓉冠宇軒俊傑柏翰家豪承志明凱文建宏士彥廷恩翔睿霖信彬國華偉哲"
STORES = ["中山店", "信義店", "官網", "快閃店", "板橋店", "台中店", "高雄店", "台南店"]
TAGS = [f"標籤{n:02d}" for n in range(40)]
MASK = (1 << 128) - 1
FILES = (
    "people.csv",
    "people_changed.csv",
    "people.xlsx",
    "orders.csv",
    "plain.sqlite",
    "people.tagline",
    "shop.tagline",
)


def mixed(number: int) -> int:
    """A number's own 32 bits of chance: the same for the same number, everywhere (the finaliser of MurmurHash3)."""
    number = ((number ^ (number >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    number = ((number ^ (number >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return number ^ (number >> 16)


def phone_of(person: int) -> str:
    """Ten digits, one of 80 million mobiles; two persons below 80 million never share one."""
    return f"09{10_000_000 + (person * 7_919_003 + 2_345_678) % 80_000_000}"


def user_id_of(person: int) -> str:
    """A LINE user ID of its own; 70 % of the people have one, the others an empty text."""
    return (
        f"U{(person + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 & MASK:032x}" if mixed(person) % 10 < 7 else ""
    )


def name_of(person: int) -> str:
    """A name of three characters."""
    chance = mixed(person + 17)
    given = GIVEN[chance // 32 % len(GIVEN)] + GIVEN[chance // 4096 % len(GIVEN)]
    return SURNAMES[chance % len(SURNAMES)] + given


def tags_of(person: int) -> list[str]:
    """None to seven tags, about 2.9 on average, the first ones commoner."""
    chance = mixed(person + 91)
    count = (0, 2, 3, 3, 4, 4, 5, 7)[chance % 8]
    return list(
        dict.fromkeys(TAGS[(chance >> 3) * (place + 1) ** 2 % (10 + 5 * place)] for place in range(count))
    )


def store_of(person: int) -> str:
    """The store a person belongs to."""
    return STORES[mixed(person + 5) % len(STORES)]


def person_row(person: int, changed: bool = False) -> list[str]:
    """The ten cells of a person; `changed`: as a later export has them, with another store and a mail."""
    chance = mixed(person)
    phone = phone_of(person)
    writing = chance >> 8 & 7
    if writing == 0:
        phone = phone[1:]
    elif writing < 4:
        phone = f"{phone[:4]}-{phone[4:7]}-{phone[7:]}"
    elif writing == 4:
        phone = f"+886{phone[1:]}"
    store = STORES[(mixed(person + 5) + 1) % len(STORES)] if changed else store_of(person)
    day = date(2019, 1, 1) + timedelta(days=chance % 2800)
    return [
        f"M{person:08d}",
        name_of(person),
        phone,
        f"m{person}@example.com" if chance & 3 or changed else "",
        ("女", "男", "")[chance % 3],
        f"{1950 + chance % 60}/{1 + chance % 12:02d}/{1 + chance % 28:02d}" if chance & 4 else "",
        user_id_of(person),
        store,
        day.isoformat(),
        "、".join(tags_of(person)),
    ]


def people_of(rows: int) -> Iterator[int]:
    """Which person stands in each row: a new one, or (one row in 91) somebody from above."""
    person = 0
    for row in range(rows):
        if row % 91 == 90:
            yield mixed(row) % person
        else:
            yield person
            person += 1


def number_of_people(rows: int) -> int:
    """How many different people a file of so many rows holds."""
    return rows - rows // 91


def member_rows(rows: int, changed: bool = False) -> Iterator[list[str]]:
    """The rows of a members file; `changed`: one person in a hundred has changed since."""
    for person in people_of(rows):
        yield person_row(person, changed and person % 100 == 37)


def order_rows(people: int) -> Iterator[list[str]]:
    """Five orders for every person over two years, as one row each, not sorted by day."""
    last = date.fromisoformat(LAST_DAY)
    days = [(last - timedelta(days=back)).strftime("%Y/%m/%d") for back in range(730)]
    for number in range(people * ORDERS_EACH):
        person, place = divmod(number, ORDERS_EACH)
        chance = mixed(number)
        day = days[(mixed(person + 3) % 400 + chance % (66 * (place + 1))) % 730]
        status = "已取消" if chance % 40 == 0 else "完成"
        amount = str(60 + (chance >> 12) % 90 * 10)
        yield [f"D{number:09d}", f"{day} 12:30", f"M{person:08d}", STORES[chance >> 4 & 7], status, amount]


def ready(size: str, name: str) -> Path:
    """The generated file `name` of a size, made now if it is not there yet.

    Args:
        size: a key of SIZES.
        name: one of FILES. A shop is made by the program's own import and made again when the program changed.
    """
    path = folder_of(size) / name
    if path.suffix == ".tagline":
        path = path.with_stem(f"{path.stem}-{program_hash()}")
    if not path.exists():
        for outdated in path.parent.glob(f"{Path(name).stem}-*.tagline"):
            outdated.unlink()
        unfinished = path.with_name(f"{os.getpid()}-{path.name}")
        _write(unfinished, size, name)
        unfinished.replace(path)
    return path


def program_hash() -> str:
    """Changes with the program's tables and the code that fills them."""
    rooms = [ROOT / "desktop" / room for room in ("store", "importer")]
    files = sorted(path for room in rooms for path in room.rglob("*") if path.suffix in (".py", ".sql"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def write_csv(path: Path, header: list[str], rows: Iterator[list[str]]) -> None:
    """Writes a CSV file in UTF-8, row by row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(header)
        out.writerows(rows)


def _write(path: Path, size: str, name: str) -> None:
    if name in ("people.csv", "people_changed.csv"):
        write_csv(path, COLUMNS, member_rows(SIZES[size], changed="changed" in name))
    elif name == "orders.csv":
        write_csv(path, ORDER_COLUMNS, order_rows(number_of_people(SIZES[size])))
    elif name == "people.xlsx":
        from tests.bench import workbook

        workbook.write(path, "會員", COLUMNS, member_rows(SIZES[size]))
    elif name == "plain.sqlite":
        from tests.bench import plain_database

        plain_database.write(path, size)
    else:
        from tests.bench import shops

        shops.write(path, size, with_orders=name == "shop.tagline")


def main(size: str, names: list[str]) -> None:
    """Makes the files of a size, all of them if none is named."""
    for name in names or FILES:
        path = ready(size, name)
        print(f"{path.stat().st_size:>13,}  {size}/{name}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

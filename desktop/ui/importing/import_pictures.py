"""States of the import page worth a picture, made of invented files: for the developer's screenshots only."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from desktop.operations.shop import sample_shop
from desktop.store import people

_HEADER = "會員編號,姓名,手機,生日,LINE UID,加入時間,累積消費,標籤,備註2"
_PEOPLE = 120
_EVERY = 7
_LOOKED_THROUGH = 5_000


def pictures_of(page: Any) -> dict[str, Callable[[], None]]:
    """Name → what brings the page there."""
    members, orders, answers = sample_shop.sample_files()

    def shown(*files: Path) -> Callable[[], None]:
        def bring() -> None:
            page.session.clear()
            page.session.open_files(list(files))

        return bring

    def then(bring: Callable[[], None], act: Callable[[], object]) -> Callable[[], None]:
        def both() -> None:
            bring()
            _when_quiet(page, act)

        return both

    folder = Path(tempfile.mkdtemp(prefix="tagline-pictures-"))
    messy = _messy(folder)
    broken = folder / "壞掉的檔案.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    ask = _dates(folder)
    return {
        "members": shown(members),
        "messy": shown(messy),
        "orders": shown(orders),
        "several": shown(orders, ask, messy, broken),
        "question": shown(ask),
        "ambiguous": shown(_ambiguous(page, folder)),
        "answers": shown(answers),
        "chat": shown(_chat(folder)),
        "policies": then(shown(messy), page.view.cards.policy.open),
        "result": then(shown(messy), page.committing.start),
        "error": shown(broken),
        "empty": page.session.clear,
    }


def _when_quiet(page: Any, act: Callable[[], object]) -> None:
    """Act once the check is done."""
    timer = QTimer(page)

    def look() -> None:
        if not page.session.busy:
            timer.stop()
            act()

    timer.timeout.connect(look)
    timer.start(20)


def _messy(folder: Path) -> Path:
    lines = ["日日咖啡會員名冊,,,,,,,,", _HEADER]
    for n in range(1, _PEOPLE):
        cells = [
            f"P{n:05}",
            f"客人{n:03}",
            f"9{n:08}" if n % 5 else f"0912-{n:02}",
            f"{70 + n % 30}/{1 + n % 12:02}/03",
            f"U{n:032x}" if n % _EVERY else f"U{n:031x}",
            f"2023/4/{1 + n % 28} 下午 03:12",
            f'"$1,{n:03}"',
            "VIP、熟客、拿鐵控" if n % 3 else "熟客",
            "",
        ]
        lines.append(",".join(cells))
    lines += [",沒有人,,,,,,,", "合計,,,,,,,,"]
    return _written(folder / "waca_會員匯出_20261120.csv", lines)


def _dates(folder: Path) -> Path:
    return _written(
        folder / "紙本名單.csv", ["會員編號,姓名,生日", "A1,王小明,03/04/1990", "A2,陳美玲,05/06/1991"]
    )


def _ambiguous(page: Any, folder: Path) -> Path:
    found = people.rows(page.desk.jobs.page_reader, range(1, _LOOKED_THROUGH))
    by_phone: dict[str, str] = {}
    shared: dict[str, str] = {}
    for person in found.values():
        if person.phone in by_phone:
            shared[person.phone] = by_phone[person.phone]
        elif person.phone:
            by_phone[person.phone] = person.name or ""
    rows = [(name, phone) for phone, name in list(shared.items())[:8]]
    lines = ["姓名,手機", *(f"{name},{phone}" for name, phone in rows), "新客人,0955-123-456"]
    return _written(folder / "市集簽到.csv", lines)


def _chat(folder: Path) -> Path:
    lines = [
        "帳號名稱,日日咖啡",
        "時區,+08:00",
        "下載時間,2026/11/20 10:00",
        "傳送者類型,傳送者名稱,傳送日期,傳送時間,內容",
        "User,小美,2026/11/18,10:02,請問有燕麥奶嗎",
        "Account,日日咖啡,2026/11/18,10:05,有的",
    ]
    return _written(folder / "[LINE]小美.csv", lines)


def _written(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path

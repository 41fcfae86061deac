"""A rival for the search: LIKE '%…%' over name, phone and e-mail of the member table, at every keystroke."""

from __future__ import annotations

from tests.bench.measure import Bench
from tests.bench.plain_database import connect

TYPED = (
    "怡",
    "怡君",
    "陳",
    "陳雅",
    "0",
    "09",
    "0912",
    "091234",
    "0912345678",
    "m123",
    "m12345@",
    "M00000123",
)
"""What is in the search box after a keystroke: one Chinese character to a whole phone number."""


def search(bench: Bench) -> None:
    """The number of people found, for each keystroke; the time is that of one keystroke."""
    db = connect(bench.copy("plain.sqlite"))
    question = "SELECT count(*) FROM member WHERE name LIKE :text OR phone LIKE :phone OR email LIKE :text OR member_no LIKE :text"

    def keystrokes() -> list[int]:
        found = []
        for text in TYPED:
            phone = f"+886{text[1:]}" if text.startswith("0") else text
            found.append(db.execute(question, {"text": f"%{text}%", "phone": f"%{phone}%"}).fetchone()[0])
        return found

    bench.repeated(keystrokes, 5)
    bench.wall /= len(TYPED)
    bench.cpu /= len(TYPED)
    bench.notes["found"] = keystrokes()
    db.close()

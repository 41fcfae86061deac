"""A rival for the search: LIKE '%…%' over name, phone and e-mail of the member table, at every keystroke."""

from __future__ import annotations

from tests.bench.generate import GIVEN, SURNAMES, phone_of
from tests.bench.measure import Bench
from tests.bench.plain_database import connect

TURNS = 6
"""So often somebody is looked for, each time somebody else: an answer that is kept is no answer to the next."""


def typed(turn: int) -> tuple[str, ...]:
    """What is in the search box after a keystroke: one Chinese character to a whole phone number."""
    first, second = GIVEN[turn % len(GIVEN)], GIVEN[(turn + 1) % len(GIVEN)]
    family = SURNAMES[turn % len(SURNAMES)]
    phone = phone_of(turn * 17)
    number = f"{turn * 1_111 + 1_234:05d}"
    return (
        first,
        first + second,
        family,
        family + first,
        phone[-1:],
        phone[-2:],
        phone[:4],
        phone[:6],
        phone,
        f"m{number[:3]}",
        f"m{number}@",
        f"M{number:>08}",
    )


def search(bench: Bench) -> None:
    """The number of people found, for each keystroke; the time is that of one keystroke."""
    db = connect(bench.copy("plain.sqlite"))
    question = "SELECT count(*) FROM member WHERE name LIKE :text OR phone LIKE :phone OR email LIKE :text OR member_no LIKE :text"
    found: list[list[int]] = []

    def keystrokes() -> None:
        counts = []
        for text in typed(len(found) % TURNS):
            phone = f"+886{text[1:]}" if text.startswith("0") else text
            counts.append(db.execute(question, {"text": f"%{text}%", "phone": f"%{phone}%"}).fetchone()[0])
        found.append(counts)

    bench.repeated(keystrokes, TURNS - 1)
    bench.wall /= len(typed(0))
    bench.cpu /= len(typed(0))
    bench.notes["found"] = found
    db.close()

"""Makes the files of the sample shop in resources/sample: the same people, orders and answers each time it runs.

python build/make_sample.py [FOLDER]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sample_shop import shop_plan as plan
from sample_shop.expected import expected_figures
from sample_shop.files.members import write_members
from sample_shop.files.others import make_followers, write_account, write_answers, write_orders
from sample_shop.files.writings import PhoneWritings
from sample_shop.orders import make_orders
from sample_shop.people import make_people
from sample_shop.tagging import give_levels, give_tags

SAMPLE = Path(__file__).resolve().parent.parent / "resources" / "sample"


def make_sample(folder: Path) -> dict[str, object]:
    """Writes the five files into `folder` (made if missing) and returns the expected figures, as in expected.json."""
    folder.mkdir(parents=True, exist_ok=True)
    people = make_people()
    orders = make_orders(people)
    give_levels(people)
    give_tags(people)
    phones = PhoneWritings(people)
    written = write_members(folder / plan.MEMBERS_FILE, people, phones)
    order_rows = write_orders(folder / plan.ORDERS_FILE, orders, phones)
    answers = write_answers(folder / plan.FORM_FILE, people, phones)
    write_account(folder / plan.ACCOUNT_FILE, make_followers(people))
    figures = expected_figures(people, orders, written, phones, order_rows, answers)
    text = json.dumps(figures, ensure_ascii=False, indent=1) + "\n"
    (folder / plan.EXPECTED_FILE).write_bytes(text.encode("utf-8"))
    return figures


def main() -> int:
    """Makes the files where they belong, or in the folder named on the command line."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    make_sample(folder)
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size:>9,}  {path.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

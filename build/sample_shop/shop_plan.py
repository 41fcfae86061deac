"""What the sample shop has to come out as: the figures that the pictures, the tests and the README name."""

from __future__ import annotations

from datetime import date

SEED = "日日咖啡 20261120"
TODAY = date(2026, 11, 20)
"""The last day in the data; everything relative ("60 days ago") counts from here."""
OPENED = date(2023, 1, 5)
FIRST_ORDER_DAY = date(2024, 11, 21)
"""Orders reach back two years; members who joined earlier bought before that too, but the till no longer knows it."""

PEOPLE = 5_214
WITHOUT_NUMBER = 24
"""People who signed up at the counter with a phone only: no member number."""
NOBODY_ROWS = (640, 2310, 4870)
"""Spreadsheet rows (from 1) that name nobody: no key and no name. They are skipped."""
BOUND = 3_486
NEW_FRIENDS = {"信義店": (420, 311), "官網": (380, 262), "中山店": (260, 151), "快閃店": (120, 43)}
"""Store → (people whose friend date lies in 2026, those of them who are bound): 1,180 and 767, that is 65.0 %."""
EARLIER_UNBOUND_FRIENDS = 600
"""Friends from before 2026 without a user ID in the export."""

BOUND_CLASSES = {"N": 470, "A": 690, "S": 471, "L": 646}
"""Bound people by NASL class (2,277 buyers, 1,161 of them on two days or more); the rest of the bound never bought."""
OTHER_CLASSES = {"N": 150, "A": 214, "S": 236, "L": 400}
CYCLE_DAYS = 21
"""Median gap between consecutive order days, pooled over all people; the NASL window is three times that."""

BROKEN_USER_IDS = 31
BROKEN_PHONES = 4
OVER_LIMIT = 11
"""People with more than ten distinct tags in their cell."""
TAG_LIMIT = 10
LOST_ZEROS = 1_204
"""Phones kept as numbers: Excel took the leading zero."""
HEADER_ROW = 3

FOLLOWERS = 6_020
BLOCKED = 790
QUOTA = 3_000
QUOTA_USED = 786

FORM_ROWS = 400
FORM_NOBODY = 6
UNKNOWN_BUYER_ORDERS = 640

MEMBERS_FILE = "members_20261120.xlsx"
ORDERS_FILE = "orders_20261120.csv"
FORM_FILE = "form_answers_20261120.csv"
ACCOUNT_FILE = "line_account.json"
EXPECTED_FILE = "expected.json"

LAPSED_REGULARS = (486, 131)
"""「60 天未回購熟客」: 熟客 or VIP, last order more than 60 days ago, not 市集 — all of them, and those not bound."""

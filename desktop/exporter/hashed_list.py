"""The list of customers as the ad platforms take it: phones and e-mail addresses, each as its SHA-256 and never as it is, in a
CSV file whose columns have the platform's names. Who knows an address can find it in the list; nobody can read one from it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.core.job import QUIET, JobContext
from desktop.exporter.whole_file import whole_file

_CHUNK = 10_000
_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_SPACE = re.compile(r"\s+")


class Platform(StrEnum):
    """Whose list it is."""

    GOOGLE = "google"
    META = "meta"


@dataclass(frozen=True, slots=True)
class HashedFile:
    """A written file: its rows, and how many of them have an e-mail address and a phone."""

    path: Path
    rows: int
    emails: int
    phones: int


def write_hashed(
    people: Iterable[tuple[str | None, str | None]], path: Path, platform: Platform, job: JobContext = QUIET
) -> HashedFile:
    """Write people as hashes, one a row, LF-ended UTF-8; an existing file is replaced only when the new one is complete. Who has
    neither a usable e-mail address nor a usable phone is left out.

    Args:
        people: e-mail address and phone (E.164) of each.
        path: the file.
        platform: whose columns and normalisation.
        job: progress and cancellation.

    Raises:
        UserError: if the file cannot be written.
        Cancelled: if the job was cancelled; ``path`` is as before.
    """
    rows = emails = phones = seen = 0
    phone_of = _PHONES[platform]
    with whole_file(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as out:
        out.write(_HEADERS[platform])
        for email, phone in people:
            first, second = _digest(normal_email(email)), _digest(phone_of(phone))
            seen += 1
            if first or second:
                out.write(f"{first},{second}\n")
                rows, emails, phones = rows + 1, emails + bool(first), phones + bool(second)
            if seen % _CHUNK == 0:
                job.report(rows)
                job.raise_if_cancelled()
    return HashedFile(path, rows, emails, phones)


def normal_email(email: str | None) -> str:
    """An e-mail address as both platforms hash it: lower case, without white space at its ends or inside; empty where it is
    none. Dots before gmail.com stay: Google takes either (Google Ads API, "Customer Match": removing periods is not required).

    Source: Google Ads Help 7659867, "Format your customer data file" (lower case, no spaces before, after or in between);
    Meta, "Customer Information Parameters" and HCL's and Salesforce's connectors to it (EMAIL: trimmed, lower case). Read 2026.
    """
    plain = _SPACE.sub("", email or "").lower()
    name, sign, domain = plain.rpartition("@")
    return plain if sign and name and "." in domain else ""


def google_phone(phone: str | None) -> str:
    """A phone as Google hashes it: E.164 with its plus sign, country code always there; empty where it is none.

    Source: Google Ads Help 7659867 and its template ("Phone numbers must be formatted as E.164 prior to hashing"); a number
    hashed in another form is accepted and never matched (Google Ads API team, adwords-api group). Read 2026.
    """
    return phone if phone and _E164.fullmatch(phone) else ""


def meta_phone(phone: str | None) -> str:
    """A phone as Meta hashes it: country code and number in figures only, no plus sign, no leading zeros; empty where it is none.

    Source: Meta Business Help 2082575038703844 (the country code is asked for even where all numbers are of one country) and
    the normalisation of PHONE in its Marketing API, as Salesforce's help 000391108 repeats it: symbols, letters and leading
    zeros removed, 447123456 and never +447123456, which matches nobody once hashed. Read 2026.
    """
    return google_phone(phone).removeprefix("+")


_HEADERS = {Platform.GOOGLE: "Email,Phone\n", Platform.META: "email,phone\n"}
"""Google reads its English column names only (Google Ads Help 7659867), Meta its own (Meta Business Help 2082575038703844).
Names, which both could take too, are left out: a phone or an e-mail address is enough, and Google's name matching wants a postal
code besides."""
_PHONES: dict[Platform, Callable[[str | None], str]] = {
    Platform.GOOGLE: google_phone,
    Platform.META: meta_phone,
}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest() if text else ""

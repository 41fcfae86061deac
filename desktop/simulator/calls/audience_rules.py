"""What LINE accepts as an audience's name, its upload description and its IDs, and the code of each refusal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from http import HTTPStatus

from desktop.core.limits import AUDIENCE, IFA_PATTERN, USER_ID_PATTERN, line_length
from desktop.simulator.exchange import Refusal, refuse

_USER_IDS = re.compile(USER_ID_PATTERN)
_IFAS = re.compile(IFA_PATTERN)

_TEXTS = {
    "AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED": "audience group is expired",
    "AUDIENCE_GROUP_COUNT_MAX_OVER": "the number of audience groups exceeds the maximum",
    "AUDIENCE_GROUP_NAME_SIZE_OVER": "audience group name is too long",
    "AUDIENCE_GROUP_NAME_WRONG": "audience group name is not valid",
    "AUDIENCE_GROUP_NAME_EMPTY": "audience group name is empty",
    "AUDIENCE_GROUP_NOT_FOUND": "audience group not found",
    "AUDIENCE_GROUP_UPLOAD_DESCRIPTION_SIZE_OVER": "upload description is too long",
    "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT": "invalid audience id format",
    "UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS": "no valid audience ids",
    "UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS": "too many audience ids",
}
"""Codes are LINE's (Messaging API reference); of the sentences only "audience group not found" is documented."""


def bad(code: str, name: str | None = None) -> Refusal:
    """The 400 with one of LINE's audience codes."""
    return refuse(HTTPStatus.BAD_REQUEST, _TEXTS[code], code, name)


def check_name(name: object) -> str:
    """The name if LINE takes it.

    Raises:
        Refusal: 400 if it is missing, empty, blank, longer than 120 UTF-16 units or has a control character.
    """
    if name is None or (isinstance(name, str) and not name.strip()):
        raise bad("AUDIENCE_GROUP_NAME_EMPTY", "description")
    if not isinstance(name, str):
        raise refuse(
            HTTPStatus.BAD_REQUEST, "The request body has 1 error(s)", "Must be a string", "description"
        )
    # Line and paragraph separators break a line as control characters do, so they count as such here.
    if any(unicodedata.category(c) in {"Cc", "Zl", "Zp"} for c in name):
        raise bad("AUDIENCE_GROUP_NAME_WRONG", "description")
    if line_length(name) > AUDIENCE.name_length:
        raise bad("AUDIENCE_GROUP_NAME_SIZE_OVER", "description")
    return name


def check_upload_description(text: object) -> str | None:
    """The upload description if LINE takes it; None if there is none.

    Raises:
        Refusal: 400 if it is no text or longer than 300 UTF-16 units.
    """
    if text is None:
        return None
    if not isinstance(text, str):
        raise refuse(
            HTTPStatus.BAD_REQUEST, "The request body has 1 error(s)", "Must be a string", "uploadDescription"
        )
    if line_length(text) > AUDIENCE.upload_description_length:
        raise bad("AUDIENCE_GROUP_UPLOAD_DESCRIPTION_SIZE_OVER", "uploadDescription")
    return text


def ids_in_json(audiences: object) -> list[str]:
    """The ``id`` of each element of ``audiences``, not yet checked as IDs; empty for none.

    Raises:
        Refusal: 400 if there are too many, or an element is not ``{"id": text}``.
    """
    if audiences is None:
        return []
    if not isinstance(audiences, list):
        raise refuse(
            HTTPStatus.BAD_REQUEST, "The request body has 1 error(s)", "Must be an array", "audiences"
        )
    if len(audiences) > AUDIENCE.ids_per_json:
        raise bad("UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS", "audiences")
    ids = [one.get("id") if isinstance(one, dict) else None for one in audiences]
    texts = [one for one in ids if isinstance(one, str)]
    if len(texts) < len(ids):
        raise bad("UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT", "audiences")
    return texts


def ids_in_file(content: memoryview) -> list[str]:
    """The lines of an ID file, not yet checked as IDs. LF or CRLF; blank lines say nothing.

    A byte order mark, a header and spaces around an ID are left in: they make the line an invalid ID. LINE's
    reference is silent on all of these, so the strict reading is taken.

    Raises:
        Refusal: 400 if a line cannot be an ID for its bytes alone, there are too many lines, or none.
    """
    try:
        text = str(content, "ascii")
    except UnicodeDecodeError as error:
        raise bad("UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT", "file") from error
    lines = text.replace("\r\n", "\n").split("\n") if "\r" in text else text.split("\n")
    ids = [line for line in lines if line]
    if not ids:
        raise bad("UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS", "file")
    if len(ids) > AUDIENCE.ids_per_file:
        raise bad("UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS", "file")
    return ids


def check_ids(ids: Sequence[str], *, is_ifa: bool, name: str) -> None:
    """Refuse the whole batch if one ID is malformed; LINE does not say which.

    Args:
        ids: the batch.
        is_ifa: whether the audience takes advertising IDs instead of user IDs; the two cannot be mixed.
        name: "audiences" or "file", the property that the refusal names.
    """
    pattern = _IFAS if is_ifa else _USER_IDS
    if not all(map(pattern.fullmatch, ids)):
        raise bad("UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT", name)

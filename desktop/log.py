"""The program's log: what LINE asks its users to keep (request ID, time, method, endpoint, status) and what a
fault report needs, and never a token, a user ID, a phone number or an e-mail address."""

from __future__ import annotations

import logging
import re
import threading
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_NAME = "tagline.log"
FILE_BYTES = 1_000_000
FILES_KEPT = 5

_UUID = re.compile(r"(\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)", re.IGNORECASE)
"""LINE's request IDs: kept whole, though some of them look like a telephone number in places."""

_MASKS = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s'\",;]+"), r"\1 ***"),
    (
        re.compile(
            r"(?i)(client_secret|client_assertion|access_token|channel_secret|token)([\"']?\s*[=:]\s*[\"']?)[^\s'\"&,}]+"
        ),
        r"\1\2***",
    ),
    (re.compile(r"[UuＵ][0-9a-fA-F]{32}"), "U***"),
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "***@***"),
    (re.compile(r"(?<![\w.])(?:[+＋]\d{1,3}|[0０])(?:[-\s.()（）－]{0,2}\d){8,12}(?!\d)"), "***"),
    (re.compile(r"(?<!\d)886(?:[-\s]?\d){8,9}(?!\d)"), "***"),
    (re.compile(r"(?<!\d)9\d{8}(?!\d)"), "***"),
    (re.compile(r"[A-Za-z0-9+/_-]{100,}={0,2}"), "***"),
)
"""What never reaches a log file: authorisation, secrets by name, user IDs, e-mail addresses, phone numbers in
any writing (a mobile number that lost its zero too), and anything as long as a channel access token."""

_secrets: deque[str] = deque(maxlen=64)
_secrets_lock = threading.Lock()


def never_show(secret: str) -> None:
    """Keep this very text (a token, a channel's secret) out of the log, whatever it looks like."""
    with _secrets_lock:
        if len(secret) >= 8 and secret not in _secrets:
            _secrets.append(secret)


def masked(text: str) -> str:
    """The text without secrets and personal data; request IDs stay whole."""
    with _secrets_lock:
        known = tuple(_secrets)
    for secret in known:
        text = text.replace(secret, "***")
    parts = _UUID.split(text)
    for place in range(0, len(parts), 2):
        for pattern, instead in _MASKS:
            parts[place] = pattern.sub(instead, parts[place])
    return "".join(parts)


class MaskingFormatter(logging.Formatter):
    """One line per record, its tracebacks below it; everything but time, level and logger goes through the
    mask."""

    def __init__(self) -> None:
        super().__init__("%(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record as it goes into the file."""
        time = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        return (
            f"{time}.{record.msecs:03.0f} {record.levelname} {record.name}: {masked(super().format(record))}"
        )


class _LogFile(RotatingFileHandler):
    """Rotates by size; where another process of ours holds the file (Windows refuses to rename it then) it
    grows on."""

    def rotate(self, source: str, dest: str) -> None:
        """Rename the full file, if that is possible now."""
        try:
            super().rotate(source, dest)
        except OSError:
            return


def start_logging(folder: Path, level: int = logging.INFO) -> logging.Handler:
    """Write the root logger's records to ``folder/tagline.log`` from now on.

    Args:
        folder: an existing folder.
        level: what is kept; libraries that talk about addresses and bodies are kept to warnings all the same.

    Raises:
        OSError: if the file cannot be opened.
    """
    handler = _LogFile(
        folder / FILE_NAME,
        maxBytes=FILE_BYTES,
        backupCount=FILES_KEPT,
        encoding="utf-8",
        errors="backslashreplace",
    )
    handler.setFormatter(MaskingFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    for talkative in ("urllib3", "keyring", "requests", "charset_normalizer"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    """Close what :func:`start_logging` opened."""
    logging.getLogger().removeHandler(handler)
    handler.close()

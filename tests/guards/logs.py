"""Makes a log record of WARNING or worse that no test expected a failure, and a record that was expected and never came too."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager


class ExpectedLogs:
    """What a test says about the warnings and errors that will be logged. Patterns are searched in "logger: text"."""

    def __init__(self) -> None:
        self._wanted: list[re.Pattern[str]] = []
        self._allowed: list[re.Pattern[str]] = []

    def expect(self, pattern: str) -> None:
        """Such a record must come, at least once."""
        self._wanted.append(re.compile(pattern))

    def allow(self, pattern: str) -> None:
        """Such a record may come or not."""
        self._allowed.append(re.compile(pattern))

    def complaints(self, records: list[str]) -> list[str]:
        """What is wrong with the records that came: one sentence each, nothing if all is well."""
        known = self._wanted + self._allowed
        unexpected = [text for text in records if not any(pattern.search(text) for pattern in known)]
        absent = [p.pattern for p in self._wanted if not any(p.search(text) for text in records)]
        return [f"unexpected log record: {text}" for text in unexpected] + [
            f"expected log record never came: {pattern}" for pattern in absent
        ]


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@contextmanager
def collected() -> Iterator[list[str]]:
    """Collect the records of WARNING and worse, and put handlers and levels of the loggers back afterwards."""
    collector = _Collector()
    loggers = [logging.getLogger(), logging.getLogger("desktop")]
    remembered = [(logger, list(logger.handlers), logger.level, logger.propagate) for logger in loggers]
    loggers[0].addHandler(collector)
    try:
        yield collector.records
    finally:
        for logger, handlers, level, propagate in remembered:
            for handler in [handler for handler in logger.handlers if handler not in handlers]:
                logger.removeHandler(handler)
                handler.close()
            for handler in [handler for handler in handlers if handler not in logger.handlers]:
                logger.addHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate

"""What is known of one person, as far as it takes part in saying why she is in a list or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.core.people.condition import Period


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of one person, as far as reasons need it.

    Args:
        fields: by name of `fields.FIELDS`; absent is missing or None; dates are ISO texts.
        tags: the names of her tags, oldest first.
        extra: the shop's extra columns by name.
        in_periods: what her orders of a period come to, by field and period.
    """

    fields: Mapping[str, Any]
    tags: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    in_periods: Mapping[tuple[str, Period], int | float] = field(default_factory=dict)

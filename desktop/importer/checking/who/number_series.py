"""Member numbers of another system: the 1001 of the till and the 1001 of the web shop are two people. Such numbers are kept as
further identities, with the system's name before them, never beside the shop's own. Where nobody said so, but a file's numbers
lead to people with other names and other phones, it is asked once instead of overwriting everybody."""

from __future__ import annotations

from desktop.core.errors import QuestionOpen
from desktop.core.message import message
from desktop.importer.checking.matching import Candidate, Keys
from desktop.store.imports.staging import Staging

_FEW, _MOST_OF_FEW = 3, 0.5
_SEVERAL, _SHARE = 10, 0.2
"""So many contradictions, at such a share of the rows that can be compared, are no coincidence: people change their phone, and
some their name, but hardly anybody both between two exports."""


class NumbersOfAnother(QuestionOpen):
    """The member numbers of a file lead to people who are others by name and phone."""


class NumberSeries:
    """One system's member numbers.

    Args:
        name: the system's; None or "" for the shop's own numbers.
    """

    def __init__(self, name: str | None) -> None:
        self._prefix = f"{name.strip()}:" if name and name.strip() else ""

    def __bool__(self) -> bool:
        return bool(self._prefix)

    def number(self, number: str | None) -> str | None:
        """A member number of this series as it is kept."""
        return number and self._prefix + number

    def of_row(self, keys: Keys) -> Keys:
        """The keys of a row, whose number is one of this series."""
        return keys._replace(member_no=self.number(keys.member_no)) if self._prefix else keys

    def of_person(self, keys: Keys, also: frozenset[tuple[str, str]]) -> Keys:
        """The keys of somebody in the shop, her number being that of this series, if she has one."""
        if not self._prefix:
            return keys
        hers = sorted(value for key, value in also if key == "member_no" and value.startswith(self._prefix))
        return keys._replace(member_no=hers[0] if hers else None)

    def of_candidate(self, candidate: Candidate) -> Candidate:
        """The same person with the number of this series."""
        if candidate.new or not self._prefix:
            return candidate
        return candidate._replace(keys=self.of_person(candidate.keys, candidate.also))


def ask_whose_numbers(staging: Staging, told: str | None, *, orders: bool = False) -> None:
    """Ask whose member numbers a file has, if they contradict the shop's.

    Args:
        told: what the owner said about it; None: nothing yet.
        orders: whether the staged rows are orders.

    Raises:
        NumbersOfAnother: with the option that answers.
    """
    if told is not None:
        return
    compared, differing, examples = staging.contradicted_numbers(orders=orders)
    share = differing / compared if compared else 0.0
    if (differing >= _FEW and share >= _MOST_OF_FEW) or (differing >= _SEVERAL and share >= _SHARE):
        raise NumbersOfAnother(
            message(
                "importing.question.number_series",
                n=differing,
                compared=compared,
                examples=[f"{number}：{here}／{there}" for number, here, there in examples],
            ),
            option='--number-series "POS"',
        )

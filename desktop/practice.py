"""LINE for a practice shop: a simulated account on this computer, beside the shop file, that behaves like
LINE and reaches nobody."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any

from desktop.line_api.client import LineClient
from desktop.line_api.rate_limit import Clock
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LineHosts
from desktop.paths import resources_folder
from desktop.simulator.simulator import Simulator

STATE_SUFFIX = ".line"


class PracticeLine:
    """The simulated LINE of one practice shop; runs in this process until it is closed. Also a context
    manager."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    @classmethod
    def start(cls, shop_file: Path) -> PracticeLine:
        """Start the simulated LINE of a practice shop. Its state lies beside the shop file; at first it is
        the sample shop's account.

        Raises:
            OSError: if the folder cannot be written.
            ValueError: if a newer version of the program wrote the folder.
        """
        simulator = Simulator(shop_file.with_suffix(STATE_SUFFIX))
        if not simulator.state.people:
            _seed(simulator)
        return cls(simulator.start())

    def client(self, *, clock: Clock | None = None) -> LineClient:
        """A client that can speak to this simulated LINE and to nothing else."""
        hosts = LineHosts.on_this_computer(self._simulator.url)
        return LineClient(FixedToken(self._simulator.token), hosts=hosts, practice=True, clock=clock)

    def ids_of(self, audience_group_id: int) -> frozenset[str]:
        """The user IDs the simulated LINE took into an audience. KeyError if there is none of this ID."""
        return self._simulator.ids_of(audience_group_id)

    def close(self) -> None:
        """Stop it; its state stays."""
        self._simulator.close()

    def __enter__(self) -> PracticeLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _seed(simulator: Simulator) -> None:
    """Make it the account of the sample shop."""
    sample: dict[str, Any] = json.loads(
        (resources_folder() / "sample" / "line_account.json").read_text(encoding="utf-8")
    )
    who, figures = sample["account"], sample["insight"]
    simulator.configure_account(
        display_name=who["displayName"],
        basic_id=who["basicId"],
        user_id=who["userId"],
        chat_mode=who["chatMode"],
        mark_as_read_mode=who["markAsReadMode"],
        plan_quota=sample["quota"]["value"],
        used=sample["quota"]["used"],
    )
    people = {
        one["user_id"]: {"display_name": one["display_name"], "blocked": one["blocked"]}
        for one in sample["followers"]
    }
    # A year ago the shop had no friends yet, so that its curves have a shape.
    simulator.configure_account(growth_per_day=max(1, int(figures["followers"]) // 365))
    simulator.seed(
        people,
        followers=figures["followers"],
        blocks=figures["blocks"],
        targeted_reaches=figures["targetedReaches"],
    )

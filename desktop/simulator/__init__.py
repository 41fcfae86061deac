"""LINE on loopback: a real HTTP server that keeps state and follows LINE's documented rules.

Practice mode runs it beside a practice shop so that an owner can click through everything without a LINE account;
tests use it in LINE's place. It knows nothing of the rest of the program but ``desktop.core``.
"""

from desktop.simulator.faults import Fault, Faults
from desktop.simulator.simulator import AudienceView, LoggedRequest, Simulator
from desktop.simulator.state import Account, Person, Settings

__all__ = ["Account", "AudienceView", "Fault", "Faults", "LoggedRequest", "Person", "Settings", "Simulator"]

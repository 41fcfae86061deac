"""``python -m desktop.simulator``: LINE on loopback as a process of its own.

It prints ``{"url", "token", "channel_id", "channel_secret"}`` as one line and runs until it is interrupted or ended.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from desktop.simulator.simulator import Simulator


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the simulator until SIGINT or SIGTERM; returns the exit status."""
    options = _options(arguments)
    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), lambda *_: stop.set())
    with Simulator(options.state, port=options.port, journal=options.journal) as simulator:
        if options.people is not None:
            simulator.seed(json.loads(options.people.read_text(encoding="utf-8")))
        if options.port_file is not None:
            _write_whole(options.port_file, f"{simulator.port}\n")
        answer = {
            "url": simulator.url,
            "token": simulator.token,
            "channel_id": simulator.channel_id,
            "channel_secret": simulator.channel_secret,
        }
        print(json.dumps(answer), flush=True)
        # A wait without an end would not let Ctrl+C through on Windows.
        while not stop.wait(1.0):
            pass
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m desktop.simulator", description=__doc__)
    parser.add_argument("--state", type=Path, help="folder that keeps the state; without it, memory")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 for any free one")
    parser.add_argument("--port-file", type=Path, help="file that gets the port's number once it listens")
    parser.add_argument("--journal", type=Path, help="file that gets one JSON line per request")
    parser.add_argument(
        "--people", type=Path, help="JSON file {user_id: {display_name, picture_url, blocked}}"
    )
    return parser.parse_args(arguments)


def _write_whole(path: Path, text: str) -> None:
    scratch = path.with_name(path.name + ".tmp")
    scratch.write_text(text, encoding="utf-8")
    scratch.replace(path)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m tests.bench [NAMES…] [--size 10k|100k|1M]… [--rounds N] [--json FILE]`: measures and prints the table."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.bench.cases import CASES
from tests.bench.runner import CaseResult, run_case
from tests.bench.sizes import SIZES
from tests.bench.table import as_json, lines


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"cases: {', '.join(case.name for case in CASES)}"
    )
    parser.add_argument(
        "--size", action="append", choices=list(SIZES), help="may be given more than once (10k)"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each variant runs, alternating (3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything measured there too")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name.upper() not in [case.name.upper() for case in CASES]]
    if unknown:
        parser.error(f"no such case: {', '.join(unknown)}")
    return asked


def say(text: str) -> None:
    """Progress, on the error stream and only for somebody watching."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()


def main() -> int:
    """Measures; ends with 0 whatever the times were."""
    asked = arguments()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    names = [name.upper() for name in asked.names]
    results: list[CaseResult] = []
    for size in sorted(asked.size or ["10k"], key=lambda size: SIZES[size]):
        for case in CASES:
            if not names or case.name.upper() in names:
                results.append(run_case(case, size, asked.rounds, say))
    say("")
    print("\n".join(lines(results)))
    if asked.json:
        asked.json.write_text(
            json.dumps(as_json(results), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

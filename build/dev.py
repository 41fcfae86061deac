"""The developer's commands: python3 build/dev.py demo | test [--long] | run | screenshots | bench.

Needs nothing but Python and the network. This file only looks at the Python that runs it, in words that any older
Python can still read; everything else is in build/devtools.
"""

import sys

if not (3, 11) <= sys.version_info[:2] < (3, 15):
    sys.stderr.write(
        "Tagline needs Python 3.11, 3.12, 3.13 or 3.14; this is Python %d.%d (%s).\n"
        "Install one from https://www.python.org/downloads/ and run the same command with it.\n"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )
    sys.exit(3)

if sys.maxsize < 2**32:
    sys.stderr.write(
        "Tagline needs a 64-bit Python; this one is 32-bit (%s).\n"
        "Install the 64-bit build from https://www.python.org/downloads/ and run the same command with it.\n"
        % sys.executable
    )
    sys.exit(3)

from devtools.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

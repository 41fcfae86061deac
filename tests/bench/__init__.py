"""Ratios, not seconds: what the program does, run alternately with a rival and with the bare minimum of the same work.

`python -m tests.bench [NAMES…] [--size 10k|100k|1M] [--json FILE]`; the table names the goals of docs and never fails
for being slow: times belong to the machine.
"""

"""The greeting a new friend sees first: its balloons, how LINE counts and takes them, and what a good one says."""

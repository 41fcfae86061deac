"""Erasing a person for good: who she is in all her traces, and how they go out of the shop file and the files around it."""

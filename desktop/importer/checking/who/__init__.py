"""Whom a row may be about: the shop's people by their identities and names, those who are gone, and the evidence for each."""

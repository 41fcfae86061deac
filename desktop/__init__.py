"""Tagline: a shop's own list of members, hand tags and LINE audiences, kept on the owner's computer."""

__version__ = "0.5.0"

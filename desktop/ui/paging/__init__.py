"""Lists of any length of which only what is looked at is read."""

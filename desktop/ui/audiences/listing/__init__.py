"""The list of saved audiences."""

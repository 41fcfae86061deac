"""Counter mode: the page for the till."""

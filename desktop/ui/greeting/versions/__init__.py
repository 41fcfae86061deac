"""The versions of the greeting: their list, what can be done with them, what sets two apart."""

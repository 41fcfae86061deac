"""Rules that put tags on: their list, and the editor inside it."""

"""Rivals and limits: other people's tools, and the barest form of the same work without any of the program's promises."""

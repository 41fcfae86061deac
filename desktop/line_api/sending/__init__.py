"""Bringing pressed sendings to LINE, each once, and watching them until LINE has sent."""

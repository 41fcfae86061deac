"""Brings the outbox to LINE: looks before it sends, sends, and watches until LINE has processed what it
accepted."""

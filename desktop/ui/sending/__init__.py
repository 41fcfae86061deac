"""Sending a message to an uploaded audience from here: off until it is switched on, and never without a number typed."""

"""Test messages to oneself: choosing 「我自己」 once, and the press that sends."""

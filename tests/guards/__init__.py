"""What watches over every test: no network, no leftover thread, no unexpected log record, no real keychain."""

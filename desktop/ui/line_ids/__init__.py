"""Where a shop's LINE user IDs come from."""

"""What came of what was sent."""

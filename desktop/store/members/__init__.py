"""What the members list and the counter keep and look up besides the people themselves."""

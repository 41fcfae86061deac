"""Why somebody is among the people a condition means, and why not."""

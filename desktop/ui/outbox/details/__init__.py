"""Parts of an upload's details: its steps, what changed since, and the question about an audience that was replaced."""

"""LINE's calls, each a function from the state and a request to a reply or a refusal."""

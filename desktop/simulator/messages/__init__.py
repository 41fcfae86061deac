"""LINE's sending calls on loopback: what a message may hold, whom it reaches, what is reserved and counted."""

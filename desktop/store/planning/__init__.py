"""Where what the owner plans is kept: plans and the pictures they show."""

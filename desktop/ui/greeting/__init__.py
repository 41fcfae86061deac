"""The page of greetings: what a new friend reads first."""

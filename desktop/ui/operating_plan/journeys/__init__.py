"""The journeys' tab: how many get how far, and where they stop."""

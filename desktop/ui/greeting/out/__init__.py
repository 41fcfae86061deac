"""The ways a greeting leaves the program: copied into the manager of LINE, as JSON, as a picture, as a test to oneself."""

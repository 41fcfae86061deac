"""The shop itself and the sample shop."""

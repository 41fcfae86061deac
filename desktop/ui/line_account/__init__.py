"""The shop's LINE account: connecting it, what LINE says about it, signing out."""

"""The people of a shop: who they are, how they are tagged, found and selected."""

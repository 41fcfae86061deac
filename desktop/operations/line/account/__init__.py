"""The account itself: what an owner pasted, which shops of this computer use it, and what is known of its kind."""

"""What can be done with tags and the rules that put them on."""

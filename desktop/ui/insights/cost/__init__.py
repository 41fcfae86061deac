"""What sending by class would have cost and reached."""

"""What an audience was before: its size by day, what was uploaded, who was held out, and what they bought since."""

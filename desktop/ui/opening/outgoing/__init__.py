"""What goes out to LINE while the window is open."""

"""Turning steps of the history back and forward by the images they kept."""

"""The uploads to LINE in plain words."""

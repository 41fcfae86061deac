"""The overview: funnel, NASL, break-down and growth side by side."""

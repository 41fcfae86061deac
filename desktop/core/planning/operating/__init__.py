"""The operating plan (經營企劃): its sheet, its calendar with seasons, the board of the five stages, and journeys."""

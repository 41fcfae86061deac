"""The operating plan (經營企劃): today on top, below it the sheet, the calendar, the board and the journeys."""

"""The operating plan (經營企劃): sheet, calendar with costs, board, journeys, and what there is to do today."""

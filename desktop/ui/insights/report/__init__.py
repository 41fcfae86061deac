"""The boss's page on paper, and the figures as a workbook."""

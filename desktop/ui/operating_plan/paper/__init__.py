"""The plan as PDF, on paper and as a workbook."""

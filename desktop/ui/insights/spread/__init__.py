"""Who brings the revenue: the curve from the first per cent to the last, and RFM."""

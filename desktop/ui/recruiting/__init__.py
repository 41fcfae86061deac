"""The checklist of recruiting friends, and stands with a QR code to print."""

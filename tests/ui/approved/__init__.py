"""Pictures somebody looked at and approved: what is drawn now must look the same."""

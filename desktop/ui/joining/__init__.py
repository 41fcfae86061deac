"""Matching friends on LINE with the shop's members."""

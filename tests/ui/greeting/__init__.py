"""Tests of the page of greetings."""

"""Checks: an agreement held against itself, before anybody is scored by it."""

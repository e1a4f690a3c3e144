"""Workbooks: the one that a bureau fills in, and the one that it gets back with the results."""

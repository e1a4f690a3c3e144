"""A finished reading held against its text once more: what may be wrong is said.

Source: docs/en/explanation/how-text-is-read.md, “Doubts”.
"""

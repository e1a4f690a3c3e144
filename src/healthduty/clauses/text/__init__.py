"""From characters to tokens and phrases: one spelling, tables of words, numbers and their units.

Source: docs/en/explanation/how-text-is-read.md.
"""

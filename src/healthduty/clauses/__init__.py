"""Text to rules: what officials write, read into typed rules, and written back.

Source: docs/en/explanation/how-text-is-read.md is the contract.
"""

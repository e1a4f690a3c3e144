"""Tables and documents to agreements: what officials have, read whole.

Source: docs/en/explanation/how-tables-are-read.md is the contract.
"""

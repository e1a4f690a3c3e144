"""Grids: what Excel and Word files hold, as cells and paragraphs, before anything is understood.

Source: docs/en/explanation/how-tables-are-read.md, “From file to grid”.
"""

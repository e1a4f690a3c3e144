"""The library's own wording, written and read back: a strict grammar that takes a text whole.

Source: docs/en/explanation/how-text-is-read.md, “Why two grammars”.
"""

"""What a clause is about: from the words around a number or a fault to a name and its measure.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”.
"""

"""What it means: results beside each other."""

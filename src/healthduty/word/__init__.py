"""Word files in the layout of official documents: agreement, result notice, rectification."""

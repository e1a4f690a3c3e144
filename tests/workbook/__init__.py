"""Tables and documents as officials have them, and the agreements that they are."""

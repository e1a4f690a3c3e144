"""What was observed: records of facilities, their values, and reading them from files."""

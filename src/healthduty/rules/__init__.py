"""What it costs: measures, thresholds, conditions, tallies and rules, as plain data."""

"""What was agreed: agreement, parties, sections, indicators, grades, money — records only."""

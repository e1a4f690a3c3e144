"""How many points: an agreement's plan, a record's integers, the score sheet."""

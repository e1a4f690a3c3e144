"""Pictures of results: what was lost, who stands where, which indicator fails whom."""

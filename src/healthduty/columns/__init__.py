"""How many points, of many: the plan that scores one facility, run over integer columns."""

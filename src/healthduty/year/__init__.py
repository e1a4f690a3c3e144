"""The agreement's year: what falls due and what was done, phases, assessments, money."""

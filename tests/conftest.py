"""How hard Hypothesis looks, chosen by the environment variable HYPOTHESIS_PROFILE.

dev       while you write: Hypothesis' own number of examples, new ones on every run
ci        before a change lands: more examples, the same on every run, so that a red run is a
          fault of the change and never of the dice
thorough  over night: many more, new ones on every run; what it finds becomes an `@example`

No profile has a deadline: the first example pays for what is built on first use, and the time
that scoring and reading may take has tests and benchmarks of its own.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Where the variable CI is set, Hypothesis loads a profile of its own; ours start from its defaults.
_BASE = settings.get_profile("default")

settings.register_profile("dev", _BASE, deadline=None)
settings.register_profile(
    "ci",
    _BASE,
    deadline=None,
    derandomize=True,
    max_examples=250,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],  # whole agreements, under branch coverage
)
settings.register_profile(
    "thorough",
    _BASE,
    deadline=None,
    max_examples=5_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

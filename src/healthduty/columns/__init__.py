"""How many points, of many: the plan that scores one facility, run over integer columns.

>>> from healthduty.columns import score_batch
>>> score_batch.__module__
'healthduty.columns.batches'
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from healthduty.columns.batches import score_batch

__all__ = ["score_batch"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load what is asked for by name, when it is: its extras should not be paid for before."""
    if name not in __all__:
        raise AttributeError(f"module `healthduty.columns` has no attribute `{name}`")
    return getattr(importlib.import_module(f"{__name__}.batches"), name)

"""The extra that columns stand on: numpy, or one sentence that says how to get it.

Every module of this package takes `np` from here, so that a missing extra is told once, by name.

Source: the architecture's “Dependencies”: a missing extra says what to install.

>>> np.arange(3).tolist()
[0, 1, 2]
"""

from __future__ import annotations

from typing import Any

try:
    import numpy as np
except ImportError as error:  # pragma: no cover - the tests need numpy to be there
    raise ImportError(
        "scoring many facilities needs numpy: pip install healthduty[columns]"
    ) from error

__all__ = ["Array", "np"]

Array = Any
"""A one-dimensional numpy array; of which integers or truths, the text says."""

"""The extra that pictures stand on: matplotlib, or one sentence that says how to get it.

Source: the architecture's “Dependencies”: a missing extra says what to install.

>>> Figure().axes
[]
"""

from __future__ import annotations

try:
    import matplotlib as mpl
    from matplotlib import font_manager
    from matplotlib.axes import Axes
    from matplotlib.collections import LineCollection
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font
    from matplotlib.patches import Patch
except ImportError as error:  # pragma: no cover - the tests need matplotlib to be there
    raise ImportError("pictures need matplotlib: pip install healthduty[plot]") from error

__all__ = ["Axes", "FT2Font", "Figure", "LineCollection", "Patch", "font_manager", "mpl"]

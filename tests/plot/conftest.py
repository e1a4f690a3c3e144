"""Pictures need a font with Chinese characters; without one, their tests are skipped."""

from __future__ import annotations

import pytest

from healthduty.plot.fonts import FontError, find_font


@pytest.fixture(autouse=True, scope="session")
def _chinese_font() -> None:
    try:
        find_font()
    except FontError as error:
        pytest.skip(str(error))

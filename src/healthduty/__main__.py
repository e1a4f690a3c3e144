"""`python -m healthduty` is `healthduty`."""

import sys

from healthduty.cli import main

sys.exit(main())

"""`python -m kouan.cli`."""

from __future__ import annotations

import sys

from kouan.cli import main

sys.exit(main())

"""Synthetic example exports: seeded, the same bytes every time, and as untidy as real files.

Nobody in them exists. Names are common characters combined at random; numbers follow their formats and check digits
but are drawn, not taken from anywhere. A number that somebody really holds would be chance.
"""

VERSION = 2
"""Raised whenever the generator writes other bytes than before: folders made by an older one are made again."""

SEED = 20261101
"""The seed of the bundled examples."""

SMALL = 100
"""By how much `--small` divides the rows."""

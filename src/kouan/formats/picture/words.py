"""The words in a picture, by RapidOCR, in the process apart; its models lie in the wheel, nothing is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIDE = 2000
_ASPECT = 1.6
_OVERLAP = 0.1
_SAME_ROW = 0.5


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand on one row.

    Attributes:
        confidence: percent, that of its least certain part.
        x, y: its middle, in pixels from the upper left corner.
    """

    text: str
    confidence: int
    x: float
    y: float
    height: float


@cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415 - half a second, only where there are pictures

    return RapidOCR(text_score=0.0, intra_op_num_threads=2)


def is_ready() -> bool:
    """Tell whether the engine runs here: its libraries may lack what the system must give, such as libGL."""
    try:
        _engine()
    except (ImportError, OSError):
        return False
    return True


def words(picture: Any) -> list[Words]:
    """Return the rows of words of a picture, from above; a long picture is read piece by piece.

    Args:
        picture: array of height × width × 3, bytes, blue first.
    """
    return rows([one for piece in _pieces(picture) for one in piece])


def _pieces(picture: Any) -> Iterator[list[Words]]:
    """Yield the words of pieces that keep their letters large enough: the engine shrinks what is longer."""
    height, width = picture.shape[:2]
    along = 0 if height >= width else 1
    length, side = max(height, width), min(height, width)
    step = length if length <= max(_SIDE, _ASPECT * side) else max(_SIDE, int(_ASPECT * side))
    margin = 0 if step == length else int(_OVERLAP * step)
    for start in range(0, length, step):
        first, last = max(0, start - margin), min(length, start + step + margin)
        part = picture[first:last] if along == 0 else picture[:, first:last]
        offset = (0, first) if along == 0 else (first, 0)
        yield [one for one in _found(part, offset) if start <= (one.y, one.x)[along] < start + step]


def _found(picture: Any, offset: tuple[int, int]) -> list[Words]:
    answer, _ = _engine()(picture)
    found = []
    for box, text, score in answer or ():
        xs, ys = [point[0] for point in box], [point[1] for point in box]
        if text.strip():
            found.append(
                Words(
                    text.strip(),
                    round(100 * float(score)),
                    offset[0] + sum(xs) / len(xs),
                    offset[1] + sum(ys) / len(ys),
                    max(ys) - min(ys),
                )
            )
    return found


def rows(found: list[Words]) -> list[Words]:
    """Put together what stands side by side: a form's label and the words in its field say more as one."""
    done: list[list[Words]] = []
    for one in sorted(found, key=lambda one: one.y):
        last = done[-1] if done else []
        if last and abs(one.y - last[0].y) < _SAME_ROW * min(one.height, last[0].height):
            last.append(one)
        else:
            done.append([one])
    return [_row(sorted(row, key=lambda one: one.x)) for row in done]


def _row(row: list[Words]) -> Words:
    return Words(
        "  ".join(one.text for one in row),
        min(one.confidence for one in row),
        sum(one.x for one in row) / len(row),
        sum(one.y for one in row) / len(row),
        max(one.height for one in row),
    )

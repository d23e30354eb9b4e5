"""Lines over an axis as an SVG that a page holds in itself."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 620, 240, 48, 110, 10, 38
COLOURS = ("#2f7ed8", "#d9822b", "#7b8794", "#3d9970", "#b56576")
TICKS = 5
SMALLEST_SPAN = 0.1

Line = Sequence[tuple[float, float]]


def curve(lines: dict[str, Line], across: str, whole_numbers: bool = False) -> str:
    """One line a name, each with its (x, y) points; `across` names the x axis. The y axis spans the values, from 0 when they are near."""
    points = [point for line in lines.values() for point in line]
    if not points:
        return ""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    low = 0.0 if low < 0.5 * high else low
    if high - low < SMALLEST_SPAN:  # a line that hardly moves is drawn as one
        low, high = (max(0.0, (low + high - SMALLEST_SPAN) / 2), (low + high + SMALLEST_SPAN) / 2)
    width, height = max(right - left, 1e-9), max(high - low, 1e-9)

    def place(x: float, y: float) -> tuple[float, float]:
        return LEFT + (x - left) / width * (WIDTH - LEFT - RIGHT), TOP + (1 - (y - low) / height) * (HEIGHT - TOP - BOTTOM)

    parts = []
    for tick in range(TICKS):
        value = low + height * tick / (TICKS - 1)
        y = place(left, value)[1]
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#8884"/><text x="4" y="{y + 4:.1f}">{value:.2f}</text>')
    marks = sorted({x for x, _ in points}) if whole_numbers else [left + width * tick / (TICKS - 1) for tick in range(TICKS)]
    for x in marks:
        parts.append(f'<text x="{place(x, low)[0]:.1f}" y="{HEIGHT - 20}" text-anchor="middle">{_tick(x)}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 4}" text-anchor="middle">{escape(across)}</text>')
    taken: list[float] = []
    for (name, line), colour in zip(lines.items(), COLOURS * (1 + len(lines) // len(COLOURS))):
        spots = [place(x, y) for x, y in line]
        parts.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in spots)}"/>')
        if len(spots) <= 30:
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots]
        label = _free(spots[-1][1] + 4, taken)
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{label:.1f}" style="fill:{colour}">{escape(name)}</text>')
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" aria-label="{escape(", ".join(lines))}">{"".join(parts)}</svg>'


def _tick(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _free(wanted: float, taken: list[float]) -> float:
    """The height of a label that covers no other and does not leave the frame at the top."""
    while any(abs(wanted - other) < 14 for other in taken):
        wanted += 14
    taken.append(wanted)
    return wanted

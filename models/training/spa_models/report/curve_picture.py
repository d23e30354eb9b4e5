"""Lines over an axis as a picture, for documents that show no SVG."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from .curve import COLOURS, TICKS, Line

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 360, 56, 130, 24, 48
BACKGROUND, INK, GRID = (255, 255, 255), (70, 76, 84), (224, 227, 231)


def curve_picture(lines: dict[str, Line], across: str, up: str, marks: Sequence[tuple[float, str]] = ()) -> Image.Image:
    """One line a name, each with its (x, y) points, y in 0..1; `marks`: vertical lines with a word at their right."""
    right = max([x for line in lines.values() for x, _ in line] + [x for x, _ in marks] + [1e-9])
    canvas = Image.new("RGB", (WIDTH, HEIGHT), BACKGROUND)
    draw, font = ImageDraw.Draw(canvas), ImageFont.load_default(13)

    def place(x: float, y: float) -> tuple[float, float]:
        return LEFT + x / right * (WIDTH - LEFT - RIGHT), TOP + (1 - y) * (HEIGHT - TOP - BOTTOM)

    for tick in range(TICKS):
        share = tick / (TICKS - 1)
        draw.line([place(0, share), place(right, share)], GRID)
        draw.text((LEFT - 8, place(0, share)[1]), f"{share:.2f}", INK, font, anchor="rm")
        draw.text((place(share * right, 0)[0], HEIGHT - BOTTOM + 6), f"{share * right:.0f}", INK, font, anchor="mt")
    draw.text((place(right / 2, 0)[0], HEIGHT - 8), across, INK, font, anchor="mb")
    draw.text((LEFT, 4), up, INK, font)
    for x, word in marks:
        draw.line([place(x, 0), place(x, 1)], INK)
        draw.text((place(x, 1)[0] + 5, TOP + 2), word, INK, font)
    labels: list[float] = []
    for (name, line), colour in zip(lines.items(), COLOURS * (1 + len(lines) // len(COLOURS))):
        rgb = tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))
        spots = [place(x, y) for x, y in line]
        draw.line(spots, rgb, 2)
        for x, y in spots:
            draw.ellipse([x - 3, y - 3, x + 3, y + 3], rgb)
        height = spots[-1][1]
        while any(abs(height - other) < 15 for other in labels):
            height += 15
        labels.append(height)
        draw.text((WIDTH - RIGHT + 10, height), name, rgb, font, anchor="lm")
    return canvas

"""One case as one picture: the image, its readers, and a row for each round with the recommended mask and the candidates."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from ..evaluation.proposing import Point
from ..evaluation.simulated_user import Course, Round
from ..overlap import dice
from .contours import View, panel, view_of

PANEL, GAP, CAPTION, MARGIN = 176, 10, 20, 14
BACKGROUND, INK, FAINT = (24, 26, 30), (235, 237, 240), (150, 156, 165)
TARGET, RECOMMENDED, CANDIDATE, CHOSEN = (64, 200, 255), (255, 214, 64), (255, 140, 60), (110, 230, 120)
READERS = ((255, 99, 132), (255, 205, 86), (75, 192, 192), (153, 102, 255), (255, 159, 64), (120, 220, 120), (200, 200, 255))
MOST_CANDIDATES = 4


def case_picture(course: Course, method: str) -> Image.Image:
    """Blue: the mask wanted. Yellow: recommended. Orange: candidates, framed in green when taken. Dots: clicks, green for "here"."""
    image, target = course.case.image, course.case.target
    view = view_of([*image.masks, target, course.rounds[0].proposal.recommended], PANEL)
    columns = 1 + MOST_CANDIDATES
    width = 2 * MARGIN + columns * PANEL + (columns - 1) * GAP
    row = PANEL + CAPTION + GAP
    canvas = Image.new("RGB", (width, 46 + (1 + len(course.rounds)) * row + MARGIN), BACKGROUND)
    draw = ImageDraw.Draw(canvas)
    course_of_dice = " > ".join(f"{played.dice:.2f}" for played in course.rounds)
    draw.text((MARGIN, 8), f"{image.name}   patient {image.patient}", INK, ImageFont.load_default(15))
    draw.text((MARGIN, 27), f"{method}: Dice {course_of_dice}", FAINT, ImageFont.load_default(13))
    _first_row(canvas, course, view, 46)
    for number, played in enumerate(course.rounds, 1):
        _round(canvas, course, view, 46 + number * row, number)
    return canvas


def _first_row(canvas: Image.Image, course: Course, view: View, top: int) -> None:
    image, target = course.case.image, course.case.target
    height, width = image.pixels.shape[:2]
    whole = View(0, 0, max(height, width), PANEL)
    overview = panel(image.pixels, whole, [])
    corners = [whole.screen(view.left - 0.5, view.top - 0.5), whole.screen(view.left + view.side - 0.5, view.top + view.side - 0.5)]
    ImageDraw.Draw(overview).rectangle([*corners[0], *corners[1]], outline=FAINT)
    readers = panel(image.pixels, view, [(mask, READERS[n % len(READERS)]) for n, mask in enumerate(image.masks)])
    drew = sum(bool(mask.any()) for mask in image.masks)
    wanted = panel(image.pixels, view, [(target, TARGET)], (target, TARGET))
    _dot(wanted, view, course.first)
    panels = [
        (overview, "image"),
        (panel(image.pixels, view, []), "part"),
        (readers, f"{drew} of {len(image.masks)} readers drew"),
        (wanted, "wanted, first click"),
    ]
    for column, (picture, caption) in enumerate(panels):
        _place(canvas, picture, column, top, caption)


def _round(canvas: Image.Image, course: Course, view: View, top: int, number: int) -> None:
    pixels, target = course.case.image.pixels, course.case.target
    played = course.rounds[number - 1]
    mask = played.proposal.recommended
    recommended = panel(pixels, view, [(target, TARGET), (mask, RECOMMENDED)], (mask, RECOMMENDED))
    if played.clicked is not None:
        _dot(recommended, view, played.clicked)
    _place(canvas, recommended, 0, top, f"round {number}: {played.dice:.2f}  {_said(played)}")
    for column, candidate in enumerate(played.proposal.candidates[:MOST_CANDIDATES]):
        taken = played.chosen == column
        colour = CHOSEN if taken else CANDIDATE
        picture = panel(pixels, view, [(target, TARGET), (candidate, colour)])
        if taken:
            ImageDraw.Draw(picture).rectangle([0, 0, PANEL - 1, PANEL - 1], outline=CHOSEN, width=3)
        _place(canvas, picture, column + 1, top, f"candidate {column + 1}: {dice(candidate, target):.2f}")


def _said(played: Round) -> str:
    if played.chosen is not None:
        return f"takes {played.chosen + 1}"
    if played.clicked is not None:
        return "clicks" + (" +" if played.clicked.positive else " -")
    return ""


def _place(canvas: Image.Image, picture: Image.Image, column: int, top: int, caption: str) -> None:
    left = MARGIN + column * (PANEL + GAP)
    canvas.paste(picture, (left, top))
    ImageDraw.Draw(canvas).text((left, top + PANEL + 3), caption, FAINT, ImageFont.load_default(12))


def _dot(picture: Image.Image, view: View, point: Point) -> None:
    x, y = view.screen(point.x, point.y)
    fill = (70, 220, 90) if point.positive else (240, 70, 70)
    ImageDraw.Draw(picture).ellipse([x - 5, y - 5, x + 5, y + 5], fill=fill, outline=(255, 255, 255), width=1)

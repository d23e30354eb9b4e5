"""The simulated user: takes the best candidate if it beats the recommended mask, else clicks where that is most wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..bayes.prompting import agreed_region, deepest, error_click
from ..overlap import dice, overlap
from .cases import Case
from .proposing import Model, Point, Proposal

METHODS = ("spa", "clicks", "mean")
"""spa: candidates and clicks. clicks: candidates are ignored. mean: the first recommended mask as it is."""

ROUNDS = 6
APPROVED_DICE = 0.9
"""From this Dice on the user approves: the largest that rounds-to-Dice is reported for."""


@dataclass
class Round:
    """What was proposed and answered: `chosen` is a candidate's index, `clicked` a click; neither when the user approves."""

    proposal: Proposal
    dice: float
    iou: float
    best: float
    distinct: float | None
    chosen: int | None = None
    clicked: Point | None = None


@dataclass
class Course:
    """All rounds played of one case; an approved mask stands for the rounds that are left."""

    case: Case
    first: Point
    rounds: list[Round] = field(default_factory=list)

    def values(self, name: str, count: int) -> list[float | None]:
        """`dice`, `iou`, `best` or `distinct` of rounds 1 to `count`."""
        return [getattr(self.rounds[min(index, len(self.rounds) - 1)], name) for index in range(count)]


def play(model: Model, case: Case, method: str, rounds: int = ROUNDS) -> Course:
    """One case from the first click, deepest where most readers agree, to approval or to the last round."""
    place = deepest(agreed_region(case.target, case.votes))
    if place is None:
        raise ValueError(f"{case.image.name}: a target without pixels cannot be clicked.")
    first = Point(*place, True)
    session = model.begin(case.image.pixels, first, case.seed)
    course = Course(case, first)
    for number in range(1, rounds + 1):
        played = _judge(session.propose(), case.target)
        course.rounds.append(played)
        if number == rounds or played.dice >= APPROVED_DICE or method == "mean":
            break
        scores = [dice(mask, case.target) for mask in played.proposal.candidates] if method == "spa" else []
        if scores and max(scores) > played.dice:
            played.chosen = int(np.argmax(scores))
            session.choose(played.chosen)
            continue
        wrong = error_click(played.proposal.recommended, case.target)
        if wrong is None:
            break
        played.clicked = Point(*wrong)
        session.click(played.clicked)
    return course


def _judge(proposal: Proposal, target: np.ndarray) -> Round:
    reached = dice(proposal.recommended, target)
    best = max([reached, *(dice(mask, target) for mask in proposal.candidates)])
    pairs = [
        1 - overlap(a, b) for index, a in enumerate(proposal.candidates) for b in proposal.candidates[index + 1 :]
    ]
    return Round(proposal, reached, overlap(proposal.recommended, target), best, float(np.mean(pairs)) if pairs else None)

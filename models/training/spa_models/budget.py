"""How long a training lasts, and a line that tells how far it is."""

from __future__ import annotations

import argparse
import math
import sys
import time
from dataclasses import dataclass, field

from .numbers import count, length

WARM_UP = 100
"""Steps in which the learning rate rises."""


def add_budget_arguments(parser: argparse.ArgumentParser) -> None:
    ends = parser.add_mutually_exclusive_group(required=True)
    ends.add_argument("--epochs", type=length, help="how often every image is seen")
    ends.add_argument("--steps", type=count, help="the same result on every machine")
    ends.add_argument("--minutes", type=length, help="wall-clock time, stops before and resumed ones counted together")


@dataclass
class Budget:
    """`steps` or `minutes`, whichever is given. `done` and `seconds` go on from a checkpoint."""

    steps: int | None
    minutes: float | None
    done: int = 0
    seconds: float = 0.0
    _last: float = field(default_factory=time.monotonic)

    @staticmethod
    def from_options(options: argparse.Namespace, images: int, batch: int) -> Budget:
        if options.epochs is not None:
            return Budget(max(1, round(options.epochs * images / batch)), None)
        return Budget(options.steps, options.minutes)

    @property
    def share(self) -> float:
        """Of the budget that is used up; 1 or more at the end."""
        return self.done / self.steps if self.steps is not None else self.seconds / 60 / (self.minutes or 1e-9)

    def rate(self, highest: float) -> float:
        """Learning rate of the next step: a short rise, then half a cosine down to a hundredth."""
        share = min(1.0, self.share)
        return highest * min(1, (self.done + 1) / WARM_UP) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share)))

    def step(self) -> None:
        now = time.monotonic()
        self.done += 1
        self.seconds += now - self._last
        self._last = now

    def pause(self) -> None:
        """What happened since the last step, such as a validation, does not count."""
        self._last = time.monotonic()


class ProgressLine:
    """One line that is written over on a terminal; elsewhere a line every `every` seconds. On standard error."""

    def __init__(self, what: str, every: float = 15.0) -> None:
        self._what, self._every, self._began, self._shown = what, every, time.monotonic(), 0.0
        self._share_at_first: float | None = None

    def show(self, share: float, figures: str) -> None:
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if now - self._shown < (0.2 if terminal else self._every) and share < 1:
            return
        self._shown = now
        share = min(1.0, share)
        filled = round(20 * share)
        if self._share_at_first is None:
            # What a resumed training had done before took none of this process's time.
            self._share_at_first, self._began = share, now
        done = share - self._share_at_first
        left = (now - self._began) * (1 - share) / done if done > 0 else math.inf
        remaining = f"{left / 60:.1f} min left" if math.isfinite(left) and share < 1 else ""
        line = f"{self._what} [{'#' * filled}{'.' * (20 - filled)}] {100 * share:3.0f} %  {figures}  {remaining}"
        print(f"\r\x1b[2K{line}" if terminal else line, end="\n" if share >= 1 or not terminal else "", file=sys.stderr, flush=True)

"""What a model must be able to do to be played with: propose masks, and take the user's answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True)
class Point:
    """A click on pixel (x, y) of the image; `positive`: the structure is here."""

    x: int
    y: int
    positive: bool


@dataclass(frozen=True)
class Proposal:
    """`recommended` bool [H,W] and up to four `candidates` bool [k,H,W], on the image's own pixels."""

    recommended: np.ndarray
    candidates: np.ndarray


class Session(Protocol):
    """One image and the answers given so far."""

    def propose(self) -> Proposal:
        """The masks of the next round."""

    def choose(self, candidate: int) -> None:
        """The user took this candidate of the last proposal."""

    def click(self, point: Point) -> None:
        """The user clicked where the recommended mask is wrong."""


class Model(Protocol):
    """`name` says what it is in tables; `methods`: which of cases' METHODS make sense for it."""

    name: str
    methods: tuple[str, ...]

    def begin(self, pixels: np.ndarray, first: Point, seed: int) -> Session:
        """`pixels` uint8 [H,W] or [H,W,3]."""

"""The engine's seeded chance in Python, so that both evaluations draw the same readers and the same cases.

sfc32 (Chris Doty-Humphrey, "Small Fast Counting", PractRand) seeded through splitmix32 (Steele, Lea, Flood, OOPSLA 2014).
"""

from __future__ import annotations

from collections.abc import Callable

MASK = 0xFFFFFFFF


class SeededRandom:
    """The same seed and stream give the same sequence on every machine."""

    def __init__(self, seed: int, stream: int = 0) -> None:
        start = _split_mix((seed ^ (stream * 0x85EBCA6B)) & MASK)
        self._a, self._b, self._c, self._counter = start(), start(), start(), 1

    def uniform(self) -> float:
        """In [0, 1)."""
        result = (self._a + self._b + self._counter) & MASK
        self._counter = (self._counter + 1) & MASK
        self._a = self._b ^ (self._b >> 9)
        self._b = (self._c + (self._c << 3)) & MASK
        self._c = (((self._c << 21) | (self._c >> 11)) + result) & MASK
        return result / 4294967296

    def below(self, count: int) -> int:
        """A whole number in [0, count)."""
        return int(self.uniform() * count)


def derive_seed(seed: int, counter: int) -> int:
    """A seed that follows from a seed and a counter."""
    return _split_mix((seed & MASK) ^ (((counter + 1) * 0x9E3779B1) & MASK))()


def _split_mix(state: int) -> Callable[[], int]:
    def following() -> int:
        nonlocal state
        state = (state + 0x9E3779B9) & MASK
        z = ((state ^ (state >> 16)) * 0x21F0AAAD) & MASK
        z = ((z ^ (z >> 15)) * 0x735A2D97) & MASK
        return z ^ (z >> 15)

    return following

"""Numbers on the command line: what cannot be meant is refused while the options are read, not an hour later."""

from __future__ import annotations

import argparse

from .published.sizes import PATCH


def count(text: str) -> int:
    """A whole number from 1 on."""
    return _whole(text, 1)


def count_or_zero(text: str) -> int:
    """A whole number from 0 on."""
    return _whole(text, 0)


def image_side(text: str) -> int:
    """Of an image that the published networks take."""
    side = _whole(text, PATCH)
    if side % PATCH:
        raise argparse.ArgumentTypeError(f"{side} pixels are no whole number of cells; take a multiple of {PATCH}, such as {side // PATCH * PATCH}")
    return side


def length(text: str) -> float:
    """Of a training: above 0."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return value


def share(text: str) -> float:
    """From 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share from 0 to 1")
    return value


def _whole(text: str, least: int) -> int:
    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if value < least:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} on")
    return value

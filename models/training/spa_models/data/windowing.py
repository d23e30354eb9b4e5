"""Grey values of more than eight bits as eight bits."""

from __future__ import annotations

import numpy as np

Window = tuple[float, float]
"""Centre and width, in the image's own units (Hounsfield units for CT)."""


def apply_window(values: np.ndarray, window: Window | None) -> np.ndarray:
    """float [H,W] -> uint8; without a window from the 0.5th to the 99.5th percentile."""
    if window is None:
        low, high = np.percentile(values, (0.5, 99.5))
    else:
        low, high = window[0] - window[1] / 2, window[0] + window[1] / 2
    return np.round(np.clip((values - low) / max(high - low, 1e-6), 0, 1) * 255).astype(np.uint8)

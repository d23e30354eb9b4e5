"""How alike two masks are."""

from __future__ import annotations

import numpy as np


def dice(a: np.ndarray, b: np.ndarray) -> float:
    """2 |A and B| / (|A| + |B|) of bool masks; two empty masks agree."""
    total = int(a.sum()) + int(b.sum())
    return 2 * int((a & b).sum()) / total if total else 1.0


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    """Intersection over union of bool masks; two empty masks agree."""
    union = int((a | b).sum())
    return int((a & b).sum()) / union if union else 1.0

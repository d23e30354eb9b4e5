"""K-means over sampled masks."""

from __future__ import annotations

import numpy as np
import torch

RESTARTS, ITERATIONS = 3, 20


def cluster(samples: torch.Tensor, count: int, seed: int = 0) -> list[np.ndarray]:
    """[N,...] probabilities -> the members of each cluster, largest first; fewer clusters where samples coincide.

    Distances come from the Gram matrix, so that restarts and iterations cost nothing beside it.
    """
    points = samples.detach().flatten(1).float()
    points = points - points.mean(0)
    gram = (points @ points.T).double().cpu().numpy()
    random = np.random.default_rng(seed)
    attempts = [_iterate(gram, _seeds(gram, count, random), count) for _ in range(RESTARTS)]
    labels = min(attempts, key=lambda attempt: attempt[1])[0]
    members = [np.flatnonzero(labels == index) for index in range(count)]
    return sorted((group for group in members if len(group)), key=len, reverse=True)


def _seeds(gram: np.ndarray, count: int, random: np.random.Generator) -> np.ndarray:
    """Labels by the nearest of the centres that k-means++ picks."""
    norms = np.diag(gram)
    nearest, labels = np.full(len(gram), np.inf), np.zeros(len(gram), int)
    centre = int(random.integers(len(gram)))
    for index in range(min(count, len(gram))):
        distance = np.maximum(0, norms + norms[centre] - 2 * gram[:, centre])
        closer = distance < nearest
        nearest[closer], labels[closer] = distance[closer], index
        total = nearest.sum()
        if total <= 1e-12:
            break
        centre = int(random.choice(len(gram), p=nearest / total))
    return labels


def _iterate(gram: np.ndarray, labels: np.ndarray, count: int) -> tuple[np.ndarray, float]:
    inertia = np.inf
    for _ in range(ITERATIONS):
        one_hot = np.eye(count)[labels]
        sizes = np.maximum(one_hot.sum(0), 1)
        to_centre = gram @ one_hot / sizes
        within = (one_hot * to_centre).sum(0) / sizes
        distance = np.diag(gram)[:, None] - 2 * to_centre + within
        distance[:, one_hot.sum(0) == 0] = np.inf
        following = distance.argmin(1)
        inertia = float(distance.min(1).sum())
        if (following == labels).all():
            break
        labels = following
    return labels, inertia

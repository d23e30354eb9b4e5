"""Plain SAM or MedSAM as something the simulated user can play with: the most promising of its three masks is recommended."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from ..data.squares import Square
from ..evaluation.proposing import Point, Proposal
from .models import SamModel

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""SAM's own normalisation of a colour image in 0..1; MedSAM takes 0..1 as it is."""


class SamSessions:
    methods = ("spa", "clicks", "mean")

    def __init__(self, model: SamModel, path: Path, device: torch.device) -> None:
        """MedSAM is told from SAM by the file's name: their tensors are alike."""
        self.model, self.device = model.to(device), device
        medsam = "medsam" in path.name.lower()
        self.name = "MedSAM" if medsam else "SAM"
        self._mean, self._std = (torch.tensor(values).view(3, 1, 1) for values in (((0.0,) * 3, (1.0,) * 3) if medsam else (MEAN, STD)))

    def begin(self, pixels: np.ndarray, first: Point, seed: int) -> SamSession:
        return SamSession(self, pixels, first)

    @torch.no_grad()
    def feature(self, square: Square, pixels: np.ndarray) -> torch.Tensor:
        return self.model.image_encoder(((square.image(pixels) - self._mean) / self._std)[None].to(self.device))


class SamSession:
    """The mask that was taken, or else recommended, goes in as the previous mask of the next round."""

    def __init__(self, opened: SamSessions, pixels: np.ndarray, first: Point) -> None:
        self._model, self._device = opened.model, opened.device
        self._square = Square(*pixels.shape[:2], self._model.sizes.image)
        self._feature = opened.feature(self._square, pixels)
        side = self._model.sizes.mask
        self._previous, self._has_previous = torch.zeros(1, 1, side, side, device=self._device), 0.0
        self._points = [self._square.to_model(first.x, first.y)]
        self._labels = [1]
        self._logits = torch.empty(0)

    @torch.no_grad()
    def propose(self) -> Proposal:
        points, labels = (torch.tensor([values], device=self._device) for values in (self._points, self._labels))
        has = torch.tensor([self._has_previous], device=self._device)
        logits, quality = self._model.decode(self._feature, points, labels, self._previous, has)
        self._logits = logits[0].float()[quality[0].argsort(descending=True)]
        masks = (self._square.to_image(self._logits.cpu()) > 0).numpy()
        self._keep(0)
        return Proposal(masks[0], masks)

    def choose(self, candidate: int) -> None:
        self._keep(candidate)

    def click(self, point: Point) -> None:
        self._points.append(self._square.to_model(point.x, point.y))
        self._labels.append(int(point.positive))

    def _keep(self, index: int) -> None:
        self._previous, self._has_previous = self._logits[index][None, None], 1.0

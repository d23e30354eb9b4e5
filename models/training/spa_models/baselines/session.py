"""The baselines as something the simulated user can play with."""

from __future__ import annotations

import numpy as np
import torch

from ..data.squares import Square
from ..evaluation.clustering import cluster
from ..evaluation.proposing import Point, Proposal
from .networks import ProbabilisticUNet, UNet

SAMPLES, CANDIDATES = 48, 4


class BaselineModel:
    """Neither network takes prompts. The U-Net's one mask stands; the sampler's user may take candidates of ever new samples."""

    def __init__(self, network: UNet | ProbabilisticUNet, name: str) -> None:
        self.network, self.name = network, name
        self.methods = ("spa", "mean") if isinstance(network, ProbabilisticUNet) else ("mean",)

    def begin(self, pixels: np.ndarray, first: Point, seed: int) -> BaselineSession:
        return BaselineSession(self.network, pixels, seed)


class BaselineSession:
    """A candidate that was chosen is what is recommended from then on: nothing is learnt, but nothing is lost."""

    def __init__(self, network: UNet | ProbabilisticUNet, pixels: np.ndarray, seed: int) -> None:
        self._network = network
        self._square = Square(*pixels.shape[:2], network.shape.size)
        device = next(network.parameters()).device
        self._image = self._square.image(pixels)[None].to(device)
        self._generator = torch.Generator().manual_seed(seed)
        self._kept: np.ndarray | None = None
        self._candidates = np.empty((0, *pixels.shape[:2]), bool)

    @torch.no_grad()
    def propose(self) -> Proposal:
        logits = self._network.samples(self._image, SAMPLES, self._generator)
        probabilities = torch.sigmoid(self._square.to_image(logits)).cpu()
        recommended = self._kept if self._kept is not None else (probabilities.mean(0) > 0.5).numpy()
        self._candidates = self._candidates[:0]
        if len(probabilities) > 1:
            groups = cluster(torch.sigmoid(logits), CANDIDATES)
            self._candidates = np.stack([(probabilities[group].mean(0) > 0.5).numpy() for group in groups])
        return Proposal(recommended, self._candidates)

    def choose(self, candidate: int) -> None:
        self._kept = self._candidates[candidate]

    def click(self, point: Point) -> None:
        """It has no place for a click: the next round shows new samples."""

"""A checkpoint of the project's own engine as something the simulated user can play with.

The training's stand-in for the browser's engine: one Gaussian instead of a mixture, no smoothing of masks, no carry-over. The shipped
engine is measured by `npm run evaluate`.
"""

from __future__ import annotations

import numpy as np
import torch

from ..bayes.adaptation import Preference, Settings, refit, weights_of_choice, weights_of_click
from ..bayes.looks import FIRST_LOOK, Case, draw_samples, geometry_at, look, model_pixel
from ..bayes.networks import BayesModel
from ..data.crops import uncrop
from .clustering import cluster
from .proposing import Point, Proposal

SAMPLES, CANDIDATES = 48, 4
THRESHOLD = 0.5


class BayesSessions:
    """Opens sessions on a network of `python -m spa_models.bayes train`. `threshold`: a mask is where its probability is above it."""

    methods = ("spa", "clicks", "mean")

    def __init__(self, network: BayesModel, name: str, settings: Settings = Settings(), threshold: float = THRESHOLD) -> None:
        self.network, self.name, self.settings, self.threshold = network, name, settings, threshold

    def begin(self, pixels: np.ndarray, first: Point, seed: int) -> BayesSession:
        return BayesSession(self, pixels, first, seed)


class BayesSession:
    """Colour images are seen in grey, as the engine sees them. `first_probability` [H,W]: mean over the samples of the first proposal."""

    def __init__(self, opened: BayesSessions, pixels: np.ndarray, first: Point, seed: int) -> None:
        grey = pixels.astype(np.float32).mean(-1) if pixels.ndim == 3 else pixels.astype(np.float32)
        network = opened.network
        self._network, self._settings, self._threshold = network, opened.settings, opened.threshold
        self._generator = torch.Generator().manual_seed(seed)
        place = (first.x, first.y)
        self._case = Case(grey / 255, [(*place, True)], geometry_at(place, FIRST_LOOK))
        with torch.no_grad():
            self._encoded = look(network, self._case, self._generator)
        self._preference = Preference.standard(network.architecture.latent)
        size = network.architecture.size
        self._previous = torch.zeros(size, size)
        self._latents = self._samples = torch.empty(0)
        self._options: list[torch.Tensor] = []
        self.first_probability: np.ndarray | None = None

    @torch.no_grad()
    def propose(self) -> Proposal:
        self._latents = self._preference.sample(SAMPLES, self._generator)
        self._samples = draw_samples(self._network, self._encoded, self._case, self._previous, self._latents)
        groups = cluster(self._samples, CANDIDATES)
        self._options = [self._samples.mean(0), *(self._samples[group].mean(0) for group in groups)]
        native = uncrop(torch.stack(self._options)[None], self._case.geometry, *self._case.image.shape)[0].numpy()
        if self.first_probability is None:
            self.first_probability = native[0].copy()
        masks = native > self._threshold
        return Proposal(masks[0], masks[1:])

    def choose(self, candidate: int) -> None:
        self._previous = self._options[1 + candidate]
        self._adapt(weights_of_choice(self._samples, self._previous, self._settings))

    def click(self, point: Point) -> None:
        self._previous = self._options[0]
        clicked = (point.x, point.y, point.positive)
        self._case.points.append(clicked)
        x, y = model_pixel(clicked, self._case, self._network.architecture.size)
        self._adapt(weights_of_click(self._samples, x, y, point.positive))

    def _adapt(self, weights: torch.Tensor) -> None:
        self._preference = refit(self._preference, self._latents, weights, self._settings)

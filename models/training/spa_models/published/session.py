"""SPA as published as something the simulated user can play with."""

from __future__ import annotations

import numpy as np
import torch

from ..data.squares import Square
from ..evaluation.clustering import cluster
from ..evaluation.proposing import Point, Proposal
from .feedback import Mixture, feedback
from .models import SpaModel
from .preference import draw_latents
from .rounds import LOGIT_THRESHOLD

SAMPLES, CLUSTERS = 48, 4


class PublishedSessions:
    """`initial` [M]: the weight network's input in the first round. `point_order` of the prompt encoder: "xy" or "yx"."""

    methods = ("spa", "clicks", "mean")

    def __init__(
        self,
        model: SpaModel,
        initial: torch.Tensor,
        name: str,
        point_order: str,
        samples: int = SAMPLES,
        clusters: int = CLUSTERS,
        enlarge: str = "bilinear",
    ) -> None:
        self.model, self.initial, self.name, self.point_order = model, initial, name, point_order
        self.samples, self.clusters, self.enlarge = samples, clusters, enlarge

    @property
    def device(self) -> torch.device:
        return self.initial.device

    def begin(self, pixels: np.ndarray, first: Point, seed: int) -> PublishedSession:
        return PublishedSession(self, pixels, first, seed)


class PublishedSession:
    @torch.no_grad()
    def __init__(self, opened: PublishedSessions, pixels: np.ndarray, first: Point, seed: int) -> None:
        self._opened, self._model = opened, opened.model
        self._square = Square(*pixels.shape[:2], self._model.sizes.image)
        self._feature = self._model.feature(self._square.image(pixels)[None].to(opened.device))
        self._noise = torch.Generator().manual_seed(seed)
        self._random = np.random.default_rng(seed)
        self._points: list[tuple[float, float]] = []
        self._labels: list[int] = []
        self._shares = opened.initial
        self._probabilities = torch.empty(0)
        self._groups: list[np.ndarray] = []
        self._mixture = Mixture(self._shares, self._shares, self._shares)
        self.click(first)

    @torch.no_grad()
    def propose(self) -> Proposal:
        model, device = self._model, self._opened.device
        points, labels = torch.tensor([self._points], device=device), torch.tensor([self._labels], device=device)
        sparse = model.prompt_encoder.points(points, labels)
        means, variances = (values[0] for values in model.preference(sparse))
        self._mixture = Mixture(model.weight_network(self._shares), means, variances)
        noise = torch.randn(self._opened.samples, model.sizes.latent, generator=self._noise).to(device)
        logits = model.decode(self._feature, sparse, draw_latents(self._mixture.weights, means, variances, noise)).float()
        self._probabilities = torch.sigmoid(logits).cpu()
        self._groups = cluster(self._probabilities, self._opened.clusters)
        recommended = self._square.to_image(logits.mean(0, keepdim=True).cpu(), self._opened.enlarge)[0] > LOGIT_THRESHOLD
        means_of_groups = torch.stack([self._probabilities[group].mean(0) for group in self._groups])
        candidates = self._square.to_image(means_of_groups, self._opened.enlarge) > 0.5
        return Proposal(recommended.numpy(), candidates.numpy())

    def choose(self, candidate: int) -> None:
        mixture = Mixture(*(values.cpu() for values in (self._mixture.weights, self._mixture.means, self._mixture.variances)))
        taught = feedback(self._probabilities, self._groups[candidate], mixture, self._random)
        self._shares = taught.responsibilities.to(self._shares)
        scale = self._model.sizes.image / self._probabilities.shape[-1]
        self._add((taught.column + 0.5) * scale - 0.5, (taught.row + 0.5) * scale - 0.5, taught.positive)

    def click(self, point: Point) -> None:
        self._add(*self._square.to_model(point.x, point.y), point.positive)

    def _add(self, x: float, y: float, positive: bool) -> None:
        self._points.append((x, y) if self._opened.point_order == "xy" else (y, x))
        self._labels.append(int(positive))

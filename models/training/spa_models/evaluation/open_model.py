"""Whatever checkpoint it is: opened as something the simulated user can play with."""

from __future__ import annotations

from pathlib import Path

import torch

from ..baselines.checkpoint import FORMAT as BASELINE
from ..baselines.checkpoint import load_network
from ..baselines.session import BaselineModel
from ..bayes.checkpoint import FORMAT as BAYES
from ..bayes.checkpoint import load_model
from ..published.checkpoint import load_safely, read_checkpoint
from ..published.models import SpaModel
from ..published.recognise import CheckpointError
from ..published.sam_session import SamSessions
from ..published.session import CLUSTERS, SAMPLES, PublishedSessions
from .bayes_session import BayesSessions
from .proposing import Model


def open_model(path: Path, image_size: int | None = None, samples: int = SAMPLES, clusters: int = CLUSTERS, enlarge: str = "bilinear") -> Model:
    """An SPA or SAM checkpoint as published, one of the project's own engine, or one of a baseline; only data is read from its pickle.

    Raises CheckpointError for anything else. The options count for SPA as published.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    kind = load_safely(path).get("format")
    if kind == BASELINE:
        network = load_network(path).to(device)
        return BaselineModel(network, network.shape.kind)
    if kind == BAYES:
        return BayesSessions(load_model(path)[0], "bayes")
    published = read_checkpoint(path, image_size)
    if not isinstance(published.model, SpaModel):
        return SamSessions(published.model, path, device)
    if published.mixture is None:
        raise CheckpointError(f"{path} has no mixture to begin with.")
    initial = torch.from_numpy(published.mixture.weights).float().to(device)
    return PublishedSessions(published.model.to(device), initial, "SPA", published.point_order, samples, clusters, enlarge)

"""The model that training begins with: SAM's or MedSAM's weights with new preference networks, or chance."""

from __future__ import annotations

import argparse
from dataclasses import replace

import torch

from .checkpoint import read_checkpoint
from .initial_weights import begin_from_chance, keep_loud
from .models import SamModel, SpaModel
from .recognise import CheckpointError
from .sizes import LATENT, Sizes, vit
from .training_checkpoint import Trained

NETWORKS = ("vit-b", "vit-l", "vit-h", "small")
SMALL_WIDTH, SMALL_DEPTH, SMALL_HEADS = 128, 4, 4


def new_model(options: argparse.Namespace, generator: torch.Generator) -> Trained:
    """Raises CheckpointError when the base weights are not of the network asked for."""
    if options.base_weights is None:
        sizes = replace(sizes_of_network(options.network, options.image_size), components=options.components)
        model = SpaModel(sizes)
        begin_from_chance(model, generator)
    else:
        base = read_checkpoint(options.base_weights, options.image_size)
        model = _from_base(base.model, options, generator)
        if base.mixture is not None:
            return Trained(model, torch.from_numpy(base.mixture.weights).float(), base.point_order)
    # What the weight network is told before anybody has chosen: random shares, as the published program begins.
    shares = torch.rand(options.components, generator=generator)
    return Trained(model, shares / shares.sum(), options.point_order)


def sizes_of_network(name: str, image: int) -> Sizes:
    """`small` attends globally in every block: an image of 256 pixels has but 16 x 16 cells."""
    if name == "small":
        return Sizes(image, SMALL_WIDTH, SMALL_DEPTH, SMALL_HEADS, tuple(range(SMALL_DEPTH)))
    return vit(name.replace("-", "_"), image)


def _from_base(base: SpaModel | SamModel, options: argparse.Namespace, generator: torch.Generator) -> SpaModel:
    """SPA goes on as it is; SAM gets new preference networks and a new mixing."""
    wanted = sizes_of_network(options.network, options.image_size)
    if (base.sizes.width, base.sizes.depth) != (wanted.width, wanted.depth):
        raise CheckpointError(
            f"{options.base_weights} has width {base.sizes.width} and depth {base.sizes.depth}; {options.network} has {wanted.width} and {wanted.depth}. "
            "Name the network that the weights are of with --network."
        )
    if isinstance(base, SpaModel):
        return base.train()
    model = SpaModel(replace(base.sizes, latent=LATENT, components=options.components))
    for name in ("image_encoder", "prompt_encoder", "mask_decoder"):
        getattr(model, name).load_state_dict(getattr(base, name).state_dict())
    keep_loud(model.latent_mixing, generator)
    return model.train()

"""Which networks learn in which step: the paper's alternation."""

from __future__ import annotations

import torch.nn as nn

from .models import SpaModel

PHASES = ("image", "preference", "weights")


def networks_of(model: SpaModel, phase: str) -> tuple[nn.Module, ...]:
    """image: encoder, mixing and decoder. preference: prompt encoder and mean/variance network. weights: the weight network."""
    groups = {
        "image": (model.image_encoder, model.latent_mixing, model.mask_decoder),
        "preference": (model.prompt_encoder, model.mean_variance),
        "weights": (model.weight_network,),
    }
    return groups[phase]


def phase_of(step: int, lengths: tuple[int, int, int]) -> str:
    """The phase of a step when each phase lasts so many steps: 2, 1, 1 gives image, image, preference, weights, image, ..."""
    place = step % sum(lengths)
    for phase, length in zip(PHASES, lengths):
        if place < length:
            return phase
        place -= length
    raise AssertionError("a step lies in one of its phases")


def learn_only(model: SpaModel, phase: str) -> list[nn.Parameter]:
    """Lets the networks of a phase learn and no other; returns their parameters."""
    model.requires_grad_(False)
    chosen = [parameter for network in networks_of(model, phase) for parameter in network.parameters()]
    for parameter in chosen:
        parameter.requires_grad_(True)
    return chosen

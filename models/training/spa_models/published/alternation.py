"""Which networks learn in which step: the paper's alternation, or all of them together."""

from __future__ import annotations

import torch.nn as nn

from .models import SpaModel

PHASES = ("image", "preference", "weights")
TOGETHER = "together"


def networks_of(model: SpaModel, phase: str) -> tuple[nn.Module, ...]:
    """image: encoder, mixing and decoder. preference: prompt encoder and mean/variance network. weights: the weight network. together: all."""
    groups = {
        "image": (model.image_encoder, model.latent_mixing, model.mask_decoder),
        "preference": (model.prompt_encoder, model.mean_variance),
        "weights": (model.weight_network,),
    }
    if phase == TOGETHER:
        return tuple(network for group in groups.values() for network in group)
    return groups[phase]


def phase_of(step: int, lengths: tuple[int, int, int]) -> str:
    """The phase of a step when each phase lasts so many steps: 2, 1, 1 gives image, image, preference, weights, image, ...

    0, 0, 0: all networks learn in every step.
    """
    if not any(lengths):
        return TOGETHER
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

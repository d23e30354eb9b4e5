"""The sizes of a network, read from the shapes of its tensors."""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F

from ..usage_error import UsageError
from .sizes import EMBEDDING, PATCH, WINDOW, Sizes


class CheckpointError(UsageError):
    """A file that is no checkpoint of the published networks; the message says what is wrong with it."""


def sizes_of(state: dict[str, torch.Tensor], image: int | None, name_outside: Callable[[str], str]) -> tuple[Sizes, int]:
    """Sizes, and the side of the square on which SPA's mean/variance network averages positions (2 for SAM, unused).

    Heads: width over the last dimension of the relative positions. Global blocks: those whose relative positions do not
    span the window of 14. Image: from the global blocks' relative positions, or else from the absolute positions.
    """

    def shape(name: str, dimensions: int) -> torch.Size:
        if name not in state:
            raise CheckpointError(f"Neither an SPA nor a SAM checkpoint: tensor `{name_outside(name)}` is missing.")
        if state[name].dim() != dimensions:
            raise CheckpointError(f"Tensor `{name_outside(name)}` has {state[name].dim()} dimensions; expected {dimensions}.")
        return state[name].shape

    width, channels, *patch = shape("image_encoder.patch_embed.proj.weight", 4)
    if (channels, *patch) != (3, PATCH, PATCH):
        raise CheckpointError(
            f"Tensor `image_encoder.patch_embed.proj.weight` has shape {[width, channels, *patch]}; expected [width, 3, {PATCH}, {PATCH}]."
        )
    stored = shape("image_encoder.pos_embed", 4)
    depth = 0
    while any(name.startswith(f"image_encoder.blocks.{depth}.") for name in state):
        depth += 1
    sides = []
    head = 0
    for block in range(max(depth, 1)):
        length, head = shape(f"image_encoder.blocks.{block}.attn.rel_pos_h", 2)
        sides.append((length + 1) // 2)
    if not head or width % head:
        raise CheckpointError(f"Relative positions of {head} numbers do not divide the width of {width} into heads.")
    hidden = shape("image_encoder.blocks.0.mlp.lin1.weight", 2)[0]
    blocks = tuple(n for n, side in enumerate(sides) if side != WINDOW)
    grids = sorted({sides[n] for n in blocks})
    if len(grids) > 1:
        raise CheckpointError(f"The blocks' relative positions span {grids} cells besides the window of {WINDOW}; expected one size of image.")
    own = grids[0] if grids else stored[1]
    if not grids and depth % 4 == 0:  # an image of 14 x 14 cells: a window is the whole image
        blocks = tuple(range(depth // 4 - 1, depth, depth // 4))
    latent, components, cells = 0, 0, 2
    if "latent_mixing.layers.0.weight" in state:
        latent = shape("latent_mixing.layers.0.weight", 4)[1] - EMBEDDING
        components = shape("mean_variance.fc3.weight", 2)[0] // 2
        cells = round(max(0, (shape("mean_variance.fc1.weight", 2)[1] - 64) / 32) ** 0.5)
    size = own * PATCH if image is None else image
    sizes = Sizes(size, width, depth, width // head, blocks, mlp_ratio=hidden / width, stored_grid=stored[1], latent=latent, components=components)
    return sizes, cells


def resample_positions(sizes: Sizes, state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Relative positions of the global blocks for another size of image: linear between the distances, as in SAM."""
    state = dict(state)
    length = 2 * sizes.grid - 1
    for block in sizes.global_blocks:
        for axis in ("h", "w"):
            key = f"image_encoder.blocks.{block}.attn.rel_pos_{axis}"
            held = state.get(key)
            if held is not None and held.dim() == 2 and held.shape[0] != length:
                state[key] = F.interpolate(held.T[None].float(), length, mode="linear", align_corners=False)[0].T.contiguous()
    return state

"""The sizes that tell one published checkpoint from another."""

from __future__ import annotations

from dataclasses import dataclass

from ..usage_error import UsageError

PATCH = 16
EMBEDDING = 256
"""Channels of the image feature, the prompts and the mask decoder: the same in every SAM."""
LATENT = 64
COMPONENTS = 16
WINDOW = 14


@dataclass(frozen=True)
class Sizes:
    """`image` is the side of the square input in pixels; `position_grid` the side of the absolute positions as stored."""

    image: int
    width: int
    depth: int
    heads: int
    global_blocks: tuple[int, ...]
    window: int = WINDOW
    mlp_ratio: float = 4.0
    stored_grid: int = 0
    latent: int = LATENT
    components: int = COMPONENTS

    def __post_init__(self) -> None:
        if self.image % PATCH or self.image < PATCH:
            raise UsageError(f"Image size {self.image}: take a multiple of {PATCH}.")

    @property
    def grid(self) -> int:
        """Side of the feature map."""
        return self.image // PATCH

    @property
    def position_grid(self) -> int:
        return self.stored_grid or self.grid

    @property
    def mlp(self) -> int:
        return round(self.width * self.mlp_ratio)

    @property
    def mask(self) -> int:
        """Side of the mask logits."""
        return 4 * self.grid


def vit(name: str, image: int = 1024) -> Sizes:
    """The sizes published with SAM: "vit_b", "vit_l", "vit_h"; "tiny" is for trials."""
    width, depth, heads, every = {"vit_b": (768, 12, 12, 3), "vit_l": (1024, 24, 16, 6), "vit_h": (1280, 32, 16, 8), "tiny": (48, 2, 2, 2)}[name]
    return Sizes(image, width, depth, heads, tuple(range(every - 1, depth, every)))

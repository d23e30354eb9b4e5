"""The square that a network sees of a whole image: padded with black at the right and the bottom, as SAM does, then resized."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F


@dataclass(frozen=True)
class Square:
    """An image of `height` x `width` pixels seen as `size` x `size` model pixels; square images are just resized."""

    height: int
    width: int
    size: int

    @property
    def side(self) -> int:
        """Of the padded square, in image pixels."""
        return max(self.height, self.width)

    def to_model(self, x: float, y: float) -> tuple[float, float]:
        """Image pixel (x, y) -> model pixel; a whole number is a pixel's centre in both."""
        scale = self.size / self.side
        return (x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5

    def image(self, pixels: np.ndarray) -> torch.Tensor:
        """uint8 [H,W] or [H,W,3] -> float [3,size,size] in 0..1; grey is repeated."""
        values = torch.from_numpy(pixels.astype(np.float32)) / 255
        channels = values.permute(2, 0, 1) if values.ndim == 3 else values.expand(3, -1, -1)
        return self._resize(channels).clamp(0, 1)

    def masks(self, masks: np.ndarray) -> torch.Tensor:
        """bool [R,H,W] -> float [R,size,size], the share of each model pixel that is inside."""
        return self._resize(torch.from_numpy(masks.astype(np.float32))).clamp(0, 1)

    def to_image(self, maps: torch.Tensor, mode: str = "bilinear") -> torch.Tensor:
        """[N,L,L] on the square, of whatever resolution -> [N,H,W] on the image's pixels."""
        options = {} if mode == "nearest" else {"align_corners": False}
        whole = F.interpolate(maps[:, None].float(), (self.side, self.side), mode=mode, **options)
        return whole[:, 0, : self.height, : self.width]

    def _resize(self, channels: torch.Tensor) -> torch.Tensor:
        padded = F.pad(channels, (0, self.side - self.width, 0, self.side - self.height))
        if self.side == self.size:
            return padded
        return F.interpolate(padded[None], (self.size, self.size), mode="bilinear", align_corners=False, antialias=True)[0]

"""The three stages by cost: encoder (once a crop), prompt stage (once a round), head (once a sample); and the posterior.

Shapes: S model pixels a side, B crops, N samples, D latent dimensions.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F

PROMPT_CHANNELS = ("positive", "negative", "box", "previous")


@dataclass(frozen=True)
class Architecture:
    """Everything needed to build the network again from a checkpoint."""

    size: int = 96
    latent: int = 6
    widths: tuple[int, int, int, int] = (16, 32, 64, 96)
    prompt_widths: tuple[int, int, int, int] = (16, 24, 32, 48)
    conditioning: int = 16
    key: int = 8

    def to_dict(self) -> dict:
        return asdict(self)

    @staticmethod
    def from_dict(values: dict) -> Architecture:
        return Architecture(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})


ARCHITECTURES = {
    "default": Architecture(),
    "wide": Architecture(widths=(16, 48, 96, 160), prompt_widths=(16, 32, 64, 96)),
}
"""`wide` has 2.2 M parameters instead of .8 M, and costs twice the multiplications. It can start from the default one."""


def convolution(inputs: int, outputs: int, stride: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, stride, 1)


class Residual(nn.Module):
    """x + conv(relu(norm(conv(x)))), then relu. The norm is over the crop alone, so a batch of one is as good as many."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = convolution(width, width)
        self.norm = nn.GroupNorm(max(1, width // 8), width)
        self.second = convolution(width, width)
        with torch.no_grad():
            self.second.weight.mul_(0.3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(x + self.second(F.relu(self.norm(self.first(x)))))


def enlarge(x: torch.Tensor) -> torch.Tensor:
    return F.interpolate(x, scale_factor=2, mode="nearest")


class Encoder(nn.Module):
    """image [B,1,S,S] -> features [B,1+w0,S,S] (channel 0 is the image itself), context [B,w2,S/4,S/4]."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__()
        w0, w1, w2, w3 = architecture.widths
        self.stem = nn.Sequential(convolution(1, w0), nn.GroupNorm(2, w0), nn.ReLU(), convolution(w0, w0), nn.ReLU())
        self.down1 = nn.Sequential(convolution(w0, w1, 2), nn.ReLU(), Residual(w1))
        self.down2 = nn.Sequential(convolution(w1, w2, 2), nn.ReLU(), Residual(w2))
        self.down3 = nn.Sequential(convolution(w2, w3, 2), nn.ReLU(), Residual(w3), Residual(w3))
        self.lateral2, self.lateral1, self.lateral0 = nn.Conv2d(w3, w2, 1), nn.Conv2d(w2, w1, 1), nn.Conv2d(w1, w0, 1)
        self.up2, self.up1, self.up0 = Residual(w2), Residual(w1), Residual(w0)

    def forward(self, image: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        level0 = self.stem(image)
        level1 = self.down1(level0)
        level2 = self.down2(level1)
        level3 = self.down3(level2)
        context = self.up2(level2 + enlarge(self.lateral2(level3)))
        middle = self.up1(level1 + enlarge(self.lateral1(context)))
        fine = self.up0(level0 + enlarge(self.lateral0(middle)))
        return torch.cat([image, fine], 1), context


CUES, FLOODS, FLOOD_STEPS = 4, 2, 28


class PromptStage(nn.Module):
    """features, context, prompts [B,4,S,S] -> conditioning [B,C,S,S].

    Besides the prompts it sees cues that need no training: how alike each pixel is to those under the positive points, the
    negative points and the previous mask, and the difference in grey to the positive points; and how well each pixel is
    connected to the positive and to the negative points. Without points they are 0.
    """

    def __init__(self, architecture: Architecture) -> None:
        super().__init__()
        p0, p1, p2, p3 = architecture.prompt_widths
        fine, context = architecture.widths[0], architecture.widths[2]
        self.key = nn.Conv2d(fine + 1, architecture.key, 1)
        self.passable = nn.Conv2d(fine + 1 + CUES, FLOODS, 1)
        with torch.no_grad():  # at first: where the grey is that of the clicked pixels
            self.passable.weight.mul_(0.1)
            self.passable.weight[0, -1], self.passable.weight[1, -1] = -3.0, 1.0
            self.passable.bias.fill_(2.0)
        self.entry = nn.Sequential(
            convolution(fine + 1 + len(PROMPT_CHANNELS) + CUES + FLOODS, p0), nn.GroupNorm(2, p0), nn.ReLU()
        )
        self.down1 = nn.Sequential(convolution(p0, p1, 2), nn.ReLU(), Residual(p1))
        self.down2 = nn.Sequential(convolution(p1, p2, 2), nn.ReLU())
        self.context = nn.Conv2d(context, p2, 1)
        self.mix2 = Residual(p2)
        self.down3 = nn.Sequential(convolution(p2, p3, 2), nn.ReLU(), Residual(p3), Residual(p3))
        self.lateral2, self.lateral1, self.lateral0 = nn.Conv2d(p3, p2, 1), nn.Conv2d(p2, p1, 1), nn.Conv2d(p1, p0, 1)
        self.up2 = Residual(p2)
        self.up1 = nn.Sequential(convolution(p1, p1), nn.ReLU())
        self.up0 = nn.Sequential(Residual(p0), nn.Conv2d(p0, architecture.conditioning, 1))

    def forward(self, features: torch.Tensor, context: torch.Tensor, prompts: torch.Tensor) -> torch.Tensor:
        cues = self.cues(features, prompts)
        level0 = self.entry(torch.cat([features, prompts, cues, self.connectedness(features, cues, prompts)], 1))
        level1 = self.down1(level0)
        level2 = self.mix2(self.down2(level1) + self.context(context))
        level3 = self.down3(level2)
        up2 = self.up2(level2 + enlarge(self.lateral2(level3)))
        up1 = self.up1(level1 + enlarge(self.lateral1(up2)))
        return self.up0(level0 + enlarge(self.lateral0(up1)))

    def cues(self, features: torch.Tensor, prompts: torch.Tensor) -> torch.Tensor:
        """[B,4,S,S]: likeness to the positive points, negative points, previous mask; difference in grey."""
        key = self.key(features)
        key = key / (key.square().sum(1, keepdim=True) + 1e-4).sqrt()
        image = features[:, :1]
        positive = _weights(prompts[:, 0:1])
        likeness = []
        for channel in (0, 1, 3):
            weights = _weights(prompts[:, channel : channel + 1])
            mean = (key * weights).sum((2, 3), keepdim=True)
            likeness.append((key * mean).sum(1, keepdim=True))
        present = positive.sum((2, 3), keepdim=True)
        clicked = (image * positive).sum((2, 3), keepdim=True)
        difference = (image - clicked).abs() * present
        return torch.cat([*likeness, difference], 1)


    def connectedness(self, features: torch.Tensor, cues: torch.Tensor, prompts: torch.Tensor) -> torch.Tensor:
        """[B,2,S,S] in 0..1: to the positive and to the negative points, over the best path, by its least passable pixel.

        Fuzzy connectedness (Udupa and Samarasekera 1996) with passability learnt, by dilations on half the resolution: what a click
        means in an image of a kind that training never saw follows from its own borders.
        """
        passable = torch.sigmoid(self.passable(F.avg_pool2d(torch.cat([features, cues], 1), 2)))
        source = torch.minimum(F.max_pool2d(prompts[:, :2], 2), passable)
        flood = source
        for _ in range(FLOOD_STEPS):
            flood = torch.maximum(source, torch.minimum(F.max_pool2d(flood, 3, 1, 1), passable))
        return enlarge(flood)


def _weights(prompt: torch.Tensor) -> torch.Tensor:
    """A map that sums to (almost) 1, or to 0 where the prompt is absent."""
    return prompt / (prompt.sum((2, 3), keepdim=True) + 1e-2)


class Head(nn.Module):
    """One mask for one latent: FiLM by z on the conditioning, a 1x1 convolution, and a read-out that z chooses. Pointwise."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__()
        width = architecture.conditioning
        self.width = width
        self.style = nn.Sequential(nn.Linear(architecture.latent, 32), nn.ReLU(), nn.Linear(32, 4 * width + 1))
        self.mix = nn.Linear(width, width)
        self.readout = nn.Parameter(torch.randn(width) * 0.3 / width**0.5)
        with torch.no_grad():
            self.style[-1].weight.mul_(0.5)
            self.style[-1].bias[-1] = -2.0  # most pixels are outside

    def parts(self, latents: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """latents [...,D] -> scale, shift, bias, readout [...,C] and offset [...,1]."""
        scale, shift, bias, readout, offset = self.style(latents).split([self.width] * 4 + [1], -1)
        return 1 + scale, shift, bias, self.readout + readout, offset

    def forward(self, conditioning: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
        """conditioning [1,C,S,S], latents [N,D] -> logits [N,S,S]; the form that is exported."""
        scale, shift, bias, readout, offset = self.parts(latents)
        size = conditioning.shape[-1]
        hidden = F.relu(conditioning * scale[:, :, None, None] + shift[:, :, None, None])
        hidden = F.conv2d(hidden, self.mix.weight[:, :, None, None], self.mix.bias)
        hidden = F.relu(hidden + bias[:, :, None, None]).reshape(-1, self.width, size * size)
        return (torch.matmul(readout[:, None, :], hidden) + offset[:, :, None]).reshape(-1, size, size)

    def decode(self, conditioning: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
        """conditioning [B,C,H,W], latents [B,N,D] -> logits [B,N,H,W]; the same numbers, for many crops at once.

        Always in full precision: it is cheap, and means of many samples need it.
        """
        with torch.autocast(conditioning.device.type, enabled=False):
            return self._decode(conditioning.float(), latents.float())

    def _decode(self, conditioning: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
        scale, shift, bias, readout, offset = (part.unsqueeze(2) for part in self.parts(latents))
        height, width = conditioning.shape[-2:]
        pixels = conditioning.permute(0, 2, 3, 1).reshape(len(conditioning), 1, height * width, self.width)
        hidden = torch.addcmul(shift, pixels, scale).relu_()
        hidden = (hidden @ self.mix.weight.T).add_(bias + self.mix.bias).relu_()
        logits = (hidden @ readout.transpose(2, 3)) + offset
        return logits.reshape(len(conditioning), -1, height, width)


LEAST_LOG_VARIANCE = -3.0
"""Of the posterior, in each direction. A finer one would write all it knows of a mask into a single direction, like a long number: samples then
differ along one line only, and a place on it means nothing on the next image."""


class Posterior(nn.Module):
    """q(z | image, target mask, mean of the readers, first prompt), on half the resolution; only used in training."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__()
        self.level1 = nn.Sequential(convolution(5, 24), nn.ReLU())
        self.level2 = nn.Sequential(convolution(24, 48, 2), nn.GroupNorm(4, 48), nn.ReLU(), convolution(48, 48), nn.ReLU())
        self.level3 = nn.Sequential(convolution(48, 64, 2), nn.ReLU(), convolution(64, 64), nn.ReLU())
        self.code = nn.Sequential(nn.Linear(24 + 48 + 64, 64), nn.ReLU(), nn.Linear(64, 2 * architecture.latent))
        with torch.no_grad():
            self.code[-1].weight.mul_(0.1)

    def forward(
        self, image: torch.Tensor, target: torch.Tensor, readers: torch.Tensor, prompt: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Four maps [B,1,S,S] -> mean and log variance of z, [B,D] each."""
        maps = F.avg_pool2d(torch.cat([image, target, readers, prompt, target - readers], 1), 2)
        level1 = self.level1(maps)
        level2 = self.level2(level1)
        level3 = self.level3(level2)
        pooled = torch.cat([level.mean((2, 3)) for level in (level1, level2, level3)], 1)
        mean, log_variance = self.code(pooled).chunk(2, -1)
        return mean, LEAST_LOG_VARIANCE + F.softplus(log_variance - LEAST_LOG_VARIANCE)


class BayesModel(nn.Module):
    """The four networks under one roof."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__()
        self.architecture = architecture
        self.encoder = Encoder(architecture)
        self.prompt = PromptStage(architecture)
        self.head = Head(architecture)
        self.posterior = Posterior(architecture)

"""One training step: three rounds with a simulated user on the same crops.

Round 1 is a click (or a box). In the later rounds the user chooses the proposal nearest to the target, or clicks where the
recommended mask is most wrong; what was chosen or recommended becomes the previous mask.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .batches import Batch
from .losses import (
    cross_entropy_of_probability,
    kl_to_standard_normal,
    mask_loss,
    soft_dice_loss,
)
from .known_style import style_latents
from .networks import BayesModel
from .mistakes import mended, spoil
from .prompting import add_line, add_point, agreed_region, deepest, error_click, line_through, random_inside, set_box


@dataclass(frozen=True)
class Weights:
    """How much each part of the loss counts; `kl` is per nat and follows the training, `style` is per nat as well."""

    kl: float = 0.01
    readers: float = 1.0
    mean: float = 0.15
    best: float = 0.5
    later_mean: float = 0.7
    clicks: float = 0.6
    fellow: float = 0.8
    style: float = 0.02


@dataclass(frozen=True)
class Behaviour:
    """The simulated user: how often they click the agreed centre, draw a box or a line, choose rather than click, mend a mask that is wrong.

    `learnt`: how far at most the preference has come towards the reader once they have answered, as a share of the way.
    `known`: how often a mask is drawn by the reader's style, where that is known, and not by the posterior.
    """

    rounds: int = 3
    proposals: int = 8
    centre: float = 0.5
    box_only: float = 0.1
    box_too: float = 0.08
    line: float = 0.08
    choose: float = 0.5
    forget: float = 0.08
    mend: float = 0.25
    learnt: float = 0.7
    known: float = 0.5


def play(
    model: BayesModel, batch: Batch, weights: Weights, behaviour: Behaviour, random: np.random.Generator
) -> tuple[torch.Tensor, dict[str, float]]:
    """The loss of one batch, and figures worth watching (Dice of posterior, of the prior's mean and best, KL in nats)."""
    device = batch.image.device
    features, context = model.encoder(batch.image)
    prompts = first_prompts(batch, behaviour, random).to(device)
    given = torch.maximum(prompts[:, :1], 0.5 * prompts[:, 2:3])
    mean, log_variance = model.posterior(batch.image, batch.target, batch.readers, given)
    mean, log_variance = mean.float(), log_variance.float()
    kl = kl_to_standard_normal(mean, log_variance).mean()
    loss = weights.kl * kl
    style = _latents_of_styles(batch, mean)
    knows = style.isfinite().all(1)
    loss = loss + weights.style * _unlikelihood(style, mean, log_variance, knows)
    by_style = knows & (torch.rand(len(mean), device=device) < behaviour.known)
    centre = torch.where(by_style[:, None], style, mean)
    width = torch.where(by_style[:, None], 0.0, (0.5 * log_variance).exp())
    figures = {"kl": kl.item()}
    target = batch.target[:, 0]
    for index in range(behaviour.rounds):
        conditioning = model.prompt(features, context, prompts)
        z = centre + torch.randn_like(mean) * width
        logits = model.head.decode(conditioning, z[:, None])[:, 0]
        loss = loss + (mask_loss(logits, target) + weights.clicks * _at_clicks(logits, target, prompts)).mean()
        if index == 0:
            loss = loss + weights.fellow * _fellow_loss(model, conditioning, z, batch)
        learnt = learnt_shares(len(target), behaviour, random).to(device) if index > 0 else torch.zeros(len(target), device=device)
        drawn = preferred(centre.detach(), learnt, behaviour.proposals)
        loss = loss + _prior_loss(model, conditioning, batch, prompts, drawn, index, weights, random)
        with torch.no_grad():
            z = preferred(centre, learnt, behaviour.proposals)
            last = index + 1 == behaviour.rounds
            part = (..., slice(0, None, 2), slice(0, None, 2)) if last else ...  # nothing follows but the figures
            samples = torch.sigmoid(model.head.decode(conditioning[part], z))
            figures |= _figures(index, samples, torch.sigmoid(logits[part]), target[part])
            if not last:
                prompts = answer(prompts, samples, target, behaviour, random)
    return loss, figures


def learnt_shares(count: int, behaviour: Behaviour, random: np.random.Generator) -> torch.Tensor:
    """How far the preference of each crop's user has come towards the reader: [B], none at all for half of them."""
    share = random.uniform(0, behaviour.learnt, count) * (random.random(count) < 0.5)
    return torch.from_numpy(share.astype(np.float32))


def preferred(mean: torch.Tensor, learnt: torch.Tensor, count: int) -> torch.Tensor:
    """Latents [B,count,D] of a preference that has come so far (`learnt` [B]) from the prior towards the reader's latent `mean` [B,D].

    Over all readers they stay standard normal. So in later rounds, when the engine has learnt from answers, a latent still tells readers apart.
    """
    share = learnt[:, None, None]
    return share * mean[:, None] + (1 - share.square()).sqrt() * torch.randn(len(mean), count, mean.shape[-1], device=mean.device)


def _latents_of_styles(batch: Batch, like: torch.Tensor) -> torch.Tensor:
    """[B,D] latents of the readers whose style is known, NaN for the others. A network with more directions has some without a name."""
    latents = style_latents(batch.style.to(like))
    more = like.shape[1] - latents.shape[1]
    return torch.cat([latents, torch.randn_like(latents[:, :1].expand(-1, more))], 1) if more > 0 else latents[:, : like.shape[1]]


def _unlikelihood(latents: torch.Tensor, mean: torch.Tensor, log_variance: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
    """-log q of the known latents, over the whole batch: the posterior reads from a mask what its reader is known to do, and no more."""
    if not known.any():
        return mean.sum() * 0
    apart, log_variance = latents[known] - mean[known], log_variance[known]
    return 0.5 * (apart.square() / log_variance.exp() + log_variance).sum() / len(mean)


def _fellow_loss(model: BayesModel, conditioning: torch.Tensor, z: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How wrong a mask is that is drawn by the latent of another image of the same reader: what z says must hold from image to image.

    z [B,D] drawn from the posterior. Over the whole batch, so that a batch with few pairs counts less.
    """
    rows = torch.nonzero(batch.fellow >= 0).squeeze(1)
    if len(rows) == 0:
        return z.sum() * 0
    logits = model.head.decode(conditioning[rows], z[batch.fellow[rows]][:, None])[:, 0]
    return mask_loss(logits, batch.target[rows, 0]).sum() / len(z)


def _prior_loss(
    model: BayesModel,
    conditioning: torch.Tensor,
    batch: Batch,
    prompts: torch.Tensor,
    latents: torch.Tensor,
    index: int,
    weights: Weights,
    random: np.random.Generator,
) -> torch.Tensor:
    """What samples of the preference (`latents` [B,N,D]) owe. The head is pointwise, so a quarter of the pixels is enough."""
    top, left = random.integers(0, 2, 2)
    part = (..., slice(int(top), None, 2), slice(int(left), None, 2))
    target, readers = batch.target[part][:, 0], batch.readers[part][:, 0]
    logits = model.head.decode(conditioning[part], latents)
    mean = torch.sigmoid(logits).mean(1)
    best = mask_loss(logits, target[:, None]).min(1).values
    if index == 0:
        loss = weights.readers * cross_entropy_of_probability(mean, readers)
        loss = loss + weights.mean * soft_dice_loss(mean, target) + weights.best * best
    else:
        exact = 0.5 * cross_entropy_of_probability(mean, target) + soft_dice_loss(mean, target)
        loss = weights.later_mean * exact + 0.4 * weights.best * best
    log_odds = torch.logit(mean.float().clamp(1e-4, 1 - 1e-4))
    return (loss + weights.clicks * _at_clicks(log_odds, target, prompts[part])).mean()


def _at_clicks(logits: torch.Tensor, target: torch.Tensor, prompts: torch.Tensor) -> torch.Tensor:
    """Cross-entropy close to the clicked pixels, one value for each crop; 0 without clicks."""
    near = torch.maximum(prompts[:, 0], prompts[:, 1]) ** 4
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return (loss * near).sum((1, 2)) / (near.sum((1, 2)) + 1)


def first_prompts(batch: Batch, behaviour: Behaviour, random: np.random.Generator) -> torch.Tensor:
    """Prompt maps of round 1: [B,4,S,S], on the CPU."""
    targets = batch.target[:, 0].cpu().numpy() > 0.5
    readers = batch.readers[:, 0].cpu().numpy()
    prompts = torch.zeros(len(targets), 4, *targets.shape[1:])
    for index, target in enumerate(targets):
        if not target.any():
            continue
        kind = random.random()
        if kind < behaviour.box_only + behaviour.box_too:
            set_box(prompts[index], *_box_around(target, random))
        if kind >= behaviour.box_only:
            centre = random.random() < behaviour.centre
            point = deepest(agreed_region(target, readers[index])) if centre else random_inside(target, random)
            if point is not None and kind >= 1 - behaviour.line:
                add_line(prompts[index], line_through(point, target, random), True)
            elif point is not None:
                add_point(prompts[index], *point, True)
        if random.random() < behaviour.mend:
            _start_wrong(prompts[index], target, random)
    return prompts


def _start_wrong(prompts: torch.Tensor, target: np.ndarray, random: np.random.Generator) -> None:
    """A previous mask with a mistake, and the clicks that mend it, as after some rounds with a model that knows little; in place."""
    wrong = spoil(target, random)
    for _ in range(random.integers(1, 4)):
        click = error_click(wrong, target)
        if click is None:
            break
        add_point(prompts, *click)
        if random.random() < 0.6:
            prompts[3] = torch.from_numpy(wrong.astype(np.float32))
            wrong = mended(wrong, target, click)
    else:
        return
    prompts[3] = torch.from_numpy(wrong.astype(np.float32))


def _box_around(target: np.ndarray, random: np.random.Generator) -> tuple[float, float, float, float]:
    ys, xs = np.nonzero(target)
    extent = max(np.ptp(xs), np.ptp(ys)) + 1
    left, top, right, bottom = random.normal(0, 0.05 * extent, 4)
    return xs.min() - abs(left), ys.min() - abs(top), xs.max() + abs(right), ys.max() + abs(bottom)


def answer(
    prompts: torch.Tensor, samples: torch.Tensor, target: torch.Tensor, behaviour: Behaviour, random: np.random.Generator
) -> torch.Tensor:
    """The prompts of the next round: [B,4,S,S]. `samples` [B,N,S,S] probabilities, `target` [B,S,S]."""
    samples = samples.float()
    recommended = samples.mean(1)
    candidates = _candidates(samples, target)
    gain = _dice(candidates, target) > _dice(recommended, target)
    truth = target.cpu().numpy() > 0.5
    predicted = recommended.cpu().numpy() > 0.5
    result = prompts.clone().cpu()
    for index in range(len(result)):
        if bool(gain[index]) and random.random() < behaviour.choose:
            result[index, 3] = candidates[index].cpu()
            continue
        click = error_click(predicted[index], truth[index])
        if click is not None:
            add_point(result[index], *click)
        result[index, 3] = 0 if random.random() < behaviour.forget else recommended[index].cpu()
    return result.to(prompts.device)


def _candidates(samples: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The proposal the user would choose: the best sample, averaged with its nearest neighbour as a cluster would be."""
    best = _dice(samples, target[:, None]).argmax(1)
    rows = torch.arange(len(samples), device=samples.device)
    chosen = samples[rows, best]
    apart = (samples - chosen[:, None]).abs().mean((2, 3))
    apart[rows, best] = float("inf")
    return (chosen + samples[rows, apart.argmin(1)]) / 2


def _dice(probability: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Dice of the masks above 0.5, over the last two dimensions."""
    predicted, truth = (probability > 0.5).float(), (target > 0.5).float()
    return (2 * (predicted * truth).sum((-2, -1)) + 1e-6) / (predicted.sum((-2, -1)) + truth.sum((-2, -1)) + 1e-6)


def _figures(index: int, samples: torch.Tensor, posterior: torch.Tensor, target: torch.Tensor) -> dict[str, float]:
    return {
        f"posterior{index + 1}": _dice(posterior, target).mean().item(),
        f"dice{index + 1}": _dice(samples.mean(1), target).mean().item(),
        f"best{index + 1}": _dice(samples, target[:, None]).max(1).values.mean().item(),
    }

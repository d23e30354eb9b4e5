"""Training with a budget of minutes or of steps; the same command on a CPU and on a GPU."""

from __future__ import annotations

import argparse
import json
import math
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from ..data.slices import load_slices, sha256, split_patients
from ..usage_error import UsageError
from .batches import CropSource, Share
from .checkpoint import load_checkpoint, save_checkpoint, start_from
from .networks import ARCHITECTURES, Architecture, BayesModel
from .rounds import Behaviour, Weights, play

HELD_OUT_SHARE, HELD_OUT_SEED = 0.05, 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=weighted, nargs="+", required=True, metavar="FILE[=PART]", help="npz files (training part only); PART: how often, 1"
    )
    parser.add_argument("--synthetic", type=Path, help="npz from spa_models.synthetic.generate")
    parser.add_argument("--synthetic-share", type=float, default=0.3)
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--minutes", type=float, default=80, help="budget of wall-clock time")
    parser.add_argument("--steps", type=int, help="budget of steps instead of minutes")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--kl-target", type=float, default=7.0, help="nats that z should carry; the KL weight follows it")
    parser.add_argument("--network", choices=sorted(ARCHITECTURES), default="default")
    parser.add_argument("--latent", type=int, help="numbers that tell readers apart, instead of the network's own")
    parser.add_argument(
        "--known-styles", type=float, default=Behaviour.known, metavar="SHARE", help="how often a mask is drawn by the reader's known style; 0: never told"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true", help="bfloat16 on the CPU as well (always on a GPU)")
    parser.add_argument("--checkpoint-minutes", type=float, default=3)
    parser.add_argument("--start-from", type=Path, help="checkpoint, or folder of a bundle, whose weights to start from; what it lacks starts anew")
    parser.add_argument(
        "--posterior-first", type=int, default=0, metavar="STEPS", help="so many steps only the posterior learns: a bundle does not hold it"
    )
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")


def weighted(text: str) -> tuple[Path, float]:
    """FILE=PART -> (file, part); a file alone has part 1. Raises ArgumentTypeError for a part that is no positive number."""
    name, sign, part = text.rpartition("=")
    if not sign:
        return Path(text), 1.0
    try:
        value = float(part)
    except ValueError:
        value = 0.0
    if not value > 0:
        raise argparse.ArgumentTypeError(f"{text}: after '=' comes a positive number, such as {name}=2")
    return Path(name), value


class Averaged:
    """Exponential moving average of the weights; young averages forget faster."""

    def __init__(self, model: BayesModel, decay: float = 0.998) -> None:
        self.decay, self.count = decay, 0
        self.values = {name: value.detach().clone() for name, value in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: BayesModel) -> None:
        self.count += 1
        decay = min(self.decay, (1 + self.count) / (10 + self.count))
        for name, value in model.state_dict().items():
            self.values[name].lerp_(value, 1 - decay)


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    options.out.mkdir(parents=True, exist_ok=True)
    source, facts = _sources(options)
    model = BayesModel(_architecture(options)).to(device, memory_format=torch.channels_last)
    if options.start_from:
        facts["start"] = {"sha256": _start_sha256(options.start_from), "new": start_from(model, options.start_from)}
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, betas=(0.9, 0.99), weight_decay=1e-3)
    average = Averaged(model)
    user = np.random.default_rng(options.seed + 1)
    progress = {"step": 0, "seconds": 0.0, "kl_weight": 0.01, "facts": facts}
    path = options.out / "checkpoint.pt"
    if options.resume:
        progress = _resume(path, model, optimizer, average, source, user)
    behaviour = Behaviour(known=options.known_styles)
    told = Weights().style if options.known_styles > 0 else 0.0
    autocast = torch.autocast(device.type, torch.bfloat16) if device.type == "cuda" or options.bf16 else nullcontext()
    recent: dict[str, float] = {}
    last, saved = time.monotonic(), 0.0
    while (done := _share_done(progress, options)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = options.rate * min(1, (progress["step"] + 1) / 100) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * done)))
        _learn_posterior_alone(model, progress["step"] < options.posterior_first)
        batch = source.draw(options.batch).to(device)
        with autocast:
            loss, figures = play(model, batch, Weights(kl=progress["kl_weight"], style=told), behaviour, user)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        if torch.isfinite(norm):
            optimizer.step()
            average.update(model)
        _steer_kl(progress, figures["kl"], options.kl_target)
        figures |= {"loss": loss.item(), "norm": norm.item()}
        recent = {k: v if k not in recent else 0.98 * recent[k] + 0.02 * v for k, v in figures.items() if math.isfinite(v)} or recent
        now = time.monotonic()
        progress["step"] += 1
        progress["seconds"] += now - last
        last = now
        if progress["step"] % 50 == 0:
            line = {"step": progress["step"], "minutes": progress["seconds"] / 60, "kl_weight": progress["kl_weight"], **recent}
            with open(options.out / "train.jsonl", "a", encoding="utf-8") as log:
                log.write(json.dumps({k: round(v, 4) for k, v in line.items()}) + "\n")
        if progress["seconds"] - saved > 60 * options.checkpoint_minutes:
            saved = progress["seconds"]
            _save(path, model, optimizer, average, source, user, progress)
    _save(path, model, optimizer, average, source, user, progress)


def _architecture(options: argparse.Namespace) -> Architecture:
    architecture = ARCHITECTURES[options.network]
    return architecture if options.latent is None else replace(architecture, latent=options.latent)


def _learn_posterior_alone(model: BayesModel, alone: bool) -> None:
    """Else a decoder that knows its latents would unlearn them from a posterior that says nothing yet."""
    for network in (model.encoder, model.prompt, model.head):
        network.requires_grad_(not alone)


def _share_done(progress: dict, options: argparse.Namespace) -> float:
    if options.steps is not None:
        return progress["step"] / options.steps
    return progress["seconds"] / 60 / options.minutes


def _steer_kl(progress: dict, kl: float, wanted: float) -> None:
    """Raises the weight while z carries more than wanted, lowers it while it carries less: slowly, within limits."""
    if not math.isfinite(kl):
        return
    error = max(-1.0, min(1.0, kl / wanted - 1))
    progress["kl_weight"] = min(0.06, max(0.002, progress["kl_weight"] * math.exp(0.01 * error)))


def _sources(options: argparse.Namespace) -> tuple[CropSource, dict]:
    """What to draw from, and the facts for the model card. A few training patients are held out for the monitor."""
    shares, files = [], {}
    real = (1 - options.synthetic_share) if options.synthetic else 1.0
    total = sum(part for _, part in options.data)
    for path, part in options.data:
        rest, _ = split_patients(load_slices(path), HELD_OUT_SHARE, HELD_OUT_SEED)
        shares.append(Share(rest, real * part / total, 0.7))
        files[f"{path.parent.name}/{path.name}"] = sha256(path)
    if options.synthetic:
        shares.append(Share(load_slices(options.synthetic), options.synthetic_share, 0.6))
        files[options.synthetic.name] = sha256(options.synthetic)
    source = CropSource(shares, ARCHITECTURES[options.network].size, options.seed)
    chosen = {k: v for k, v in vars(options).items() if isinstance(v, (int, float, bool)) or v is None}
    return source, {"files": files, "options": chosen, "slices": [len(share.slices) for share in shares]}


def _start_sha256(path: Path) -> str:
    return sha256(path / "encoder.onnx" if path.is_dir() else path)


def _save(path, model, optimizer, average, source, user, progress) -> None:  # noqa: ANN001
    states = {
        "optimizer": optimizer.state_dict(),
        "count": average.count,
        "source": source.state(),
        "user": user.bit_generator.state,
        "torch": torch.get_rng_state(),
    }
    save_checkpoint(path, model, average.values, {**progress, "states": states})


def _resume(path, model, optimizer, average, source, user) -> dict:  # noqa: ANN001
    content = load_checkpoint(path)
    progress = content["progress"]
    states = progress.pop("states")
    if Architecture.from_dict(content["architecture"]) != model.architecture:
        raise UsageError(f"{path}: holds a network of another size. Resume it with the --network that it was begun with.")
    model.load_state_dict(content["model"])
    average.values = {name: value.to(average.values[name].device) for name, value in content["averaged"].items()}
    average.count = states["count"]
    optimizer.load_state_dict(states["optimizer"])
    source.restore(states["source"])
    user.bit_generator.state = states["user"]
    torch.set_rng_state(states["torch"])
    return progress

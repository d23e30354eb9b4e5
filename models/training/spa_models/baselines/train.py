"""Trains a baseline: a U-Net on the readers' mean mask, or a Probabilistic U-Net on single readers' masks."""

from __future__ import annotations

import argparse
import json
from contextlib import nullcontext
from pathlib import Path

import torch

from ..budget import Budget, ProgressLine, add_budget_arguments
from ..data.open_dataset import add_dataset_arguments, open_dataset
from ..data.training_squares import AUGMENTATIONS, Draw, StepBatches, TrainingSquares, batches
from .checkpoint import load, save
from .networks import KINDS, Shape, build

CHECKPOINT_SECONDS = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", choices=KINDS, required=True)
    add_dataset_arguments(parser)
    add_budget_arguments(parser)
    parser.add_argument("--image-size", type=int, default=128, help="side of the square input (%(default)s)")
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--augment", choices=AUGMENTATIONS, default="full")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes that read images ahead")
    parser.add_argument("--bf16", action="store_true", help="bfloat16 on the CPU as well (always on a GPU)")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint.pt and train.jsonl")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")


def run(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "checkpoint.pt"
    images = open_dataset(options, "training")
    network = build(Shape(options.kind, options.image_size)).to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=1e-4)
    budget = Budget.from_options(options, len(images), options.batch)
    if options.resume:
        content = load(path)
        network.load_state_dict(content["model"])
        optimizer.load_state_dict(content["optimizer"])
        budget.done, budget.seconds = content["progress"]["step"], content["progress"]["seconds"]
    examples = TrainingSquares(images, Draw(options.image_size, options.image_size, options.seed, options.augment))
    source = batches(examples, StepBatches(options.batch, budget.done), options.workers)
    precision = torch.autocast(device.type, torch.bfloat16) if device.type == "cuda" or options.bf16 else nullcontext()
    line, recent, saved = ProgressLine(options.kind), None, budget.seconds
    budget.pause()
    while budget.share < 1:
        # The chance of a step follows from its number: a resumed training draws what an unbroken one would have.
        torch.manual_seed(options.seed * 1_000_003 + budget.done)
        for group in optimizer.param_groups:
            group["lr"] = budget.rate(options.rate)
        batch = {name: values.to(device) for name, values in next(source).items()}
        with precision:
            loss = network.loss(batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        budget.step()
        recent = loss.item() if recent is None else 0.98 * recent + 0.02 * loss.item()
        line.show(budget.share, f"step {budget.done}  loss {recent:.4f}")
        if budget.done % 50 == 0:
            with open(options.out / "train.jsonl", "a", encoding="utf-8") as log:
                log.write(json.dumps({"step": budget.done, "minutes": round(budget.seconds / 60, 2), "loss": round(recent, 5)}) + "\n")
        if budget.seconds - saved > CHECKPOINT_SECONDS or budget.share >= 1:
            saved = budget.seconds
            save(path, network, optimizer, {"step": budget.done, "seconds": budget.seconds})

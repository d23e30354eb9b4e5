"""What a training wrote beside its checkpoint, as lines to draw."""

from __future__ import annotations

import json
from pathlib import Path

from .curve import Line


def training_lines(checkpoint: Path) -> tuple[dict[str, Line], dict[str, Line]]:
    """(loss, Dice on validation images) over minutes from train.jsonl; empty where there is none."""
    log = checkpoint.parent / "train.jsonl"
    if not log.is_file():
        return {}, {}
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.strip()]
    loss = [(entry["minutes"], entry["loss"]) for entry in entries if "loss" in entry]
    watched = [(entry["minutes"], entry["validation"]) for entry in entries if "validation" in entry]
    dice = {f"Dice@{n}": [(minutes, values[n - 1]) for minutes, values in watched] for n in (1, 3, 6)} if watched else {}
    return ({"loss": loss} if loss else {}), dice

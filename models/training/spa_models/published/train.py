"""Trains SPA as published: encoder, mixing and decoder; then prompt encoder and mean/variance; then weights."""

from __future__ import annotations

import argparse
import json
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import torch

from ..budget import Budget, ProgressLine, add_budget_arguments
from ..data.open_dataset import add_dataset_arguments, open_dataset
from ..data.training_squares import AUGMENTATIONS, Draw, StepBatches, TrainingSquares, batches
from ..evaluation.cases import choose_cases, open_case
from ..evaluation.simulated_user import ROUNDS
from ..evaluation.simulated_user import play as play_case
from ..numbers import count, count_or_zero, image_side, share
from ..usage_error import UsageError
from .alternation import learn_only, phase_of
from .checkpoint import POINT_ORDERS
from .distributed import Processes, join, leave
from .rounds import Play, play
from .session import PublishedSessions
from .start import NETWORKS, new_model
from .training_checkpoint import Trained, load_trained, save_trained

CHECKPOINT_SECONDS = 180
LOG_EVERY = 20
LARGEST_GRADIENT = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_dataset_arguments(parser)
    add_budget_arguments(parser)
    parser.add_argument("--network", choices=NETWORKS, default="vit-b", help="small: without base weights, for a CPU (%(default)s)")
    parser.add_argument("--base-weights", type=Path, help="SAM or MedSAM .pth of the same network; without it training begins at chance")
    parser.add_argument("--image-size", type=image_side, default=512, help="side of the square input (%(default)s)")
    parser.add_argument("--output-size", type=count, default=256, help="side at which masks are compared (%(default)s)")
    parser.add_argument("--batch", type=count, default=2, help="images a step, of each process (%(default)s)")
    parser.add_argument("--rate", type=float, default=1e-4, help="highest learning rate (%(default)s)")
    parser.add_argument(
        "--encoder-rate", type=float, help="highest learning rate of image encoder and mixing (default: --rate); without base weights a tenth of --rate"
    )
    parser.add_argument("--samples", type=count, default=48, help="masks drawn in a round (%(default)s)")
    parser.add_argument("--clusters", type=count, default=4, help="candidates (%(default)s)")
    parser.add_argument("--components", type=count, default=16, help="of the mixture (%(default)s)")
    parser.add_argument("--rounds", type=count, default=6, help="of the user in a step (%(default)s)")
    parser.add_argument(
        "--alternation", type=count_or_zero, nargs=3, default=(1, 1, 1), metavar=("IMAGE", "PREFERENCE", "WEIGHTS"), help="steps that each phase lasts (1 1 1); 0 0 0: no phases, all networks learn in every step"
    )
    parser.add_argument("--error-clicks", type=share, default=0.5, help="share of answers that click an error; 0 as published (%(default)s)")
    parser.add_argument("--disputed-clicks", type=share, default=0.5, help="share of first clicks where readers disagree; 1 as published (%(default)s)")
    parser.add_argument(
        "--point-order", choices=POINT_ORDERS, default="xy", help="of clicks for the prompt encoder: SAM's; yx is the published SPA program's (%(default)s)"
    )
    parser.add_argument("--augment", choices=AUGMENTATIONS, default="full")
    parser.add_argument("--validate-every", type=count_or_zero, default=0, metavar="STEPS", help="play with validation images now and then (0: never)")
    parser.add_argument("--validate-cases", type=count, default=40, help="of those images (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=count_or_zero, default=0, help="processes that read images ahead")
    parser.add_argument("--bf16", action="store_true", help="bfloat16 on the CPU as well (on a GPU always where it can)")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint.pth and train.jsonl")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")


def run(options: argparse.Namespace) -> None:
    processes = join()
    try:
        _train(options, processes)
    except UsageError as error:
        raise SystemExit(f"error: {error}") from None
    finally:
        leave(processes)


def _train(options: argparse.Namespace, processes: Processes) -> None:
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "checkpoint.pth"
    images = open_dataset(options, "training")
    per_step = options.batch * processes.count
    budget = Budget.from_options(options, len(images), per_step)
    trained = _resumed(path, budget) if options.resume else new_model(options, torch.Generator().manual_seed(options.seed))
    model = trained.model.to(processes.device)
    groups = parameter_groups(model, options.rate, options.encoder_rate)
    highest = [group["lr"] for group in groups]
    optimizer = torch.optim.AdamW(groups, weight_decay=1e-4)
    if trained.optimizer is not None:
        optimizer.load_state_dict(trained.optimizer)
    initial = trained.initial.to(processes.device)
    draw = Draw(model.sizes.image, options.output_size, options.seed, options.augment, options.disputed_clicks)
    source = batches(TrainingSquares(images, draw), StepBatches(options.batch, budget.done, processes.rank, processes.count), options.workers)
    how = Play(options.rounds, options.samples, options.clusters, options.error_clicks, trained.point_order)
    line, log = ProgressLine("train"), _Log(options.out / "train.jsonl", budget.done, processes.first)
    watched = Watched(options) if options.validate_every and processes.first else None
    saved = budget.seconds
    budget.pause()
    while budget.share < 1:
        phase = phase_of(budget.done, tuple(options.alternation))
        learning = learn_only(model, phase)
        for group, rate in zip(optimizer.param_groups, highest):
            group["lr"] = budget.rate(rate)
        batch = {name: values.to(processes.device) for name, values in next(source).items()}
        random = np.random.default_rng((options.seed, 2, budget.done, processes.rank))
        optimizer.zero_grad(set_to_none=True)
        figures = play(model, batch, initial, how, random, _precision(options, processes.device))
        processes.average_gradients(learning)
        norm = torch.nn.utils.clip_grad_norm_(learning, LARGEST_GRADIENT)
        if torch.isfinite(norm):
            optimizer.step()
        budget.step()
        budget.seconds = processes.agree(budget.seconds)
        if not processes.first:
            continue
        log.add(figures)
        line.show(budget.share, f"step {budget.done}  {log.shown()}")
        if budget.done % LOG_EVERY == 0:
            log.write({"step": budget.done, "minutes": round(budget.seconds / 60, 2)})
        if watched and budget.done % options.validate_every == 0:
            # With the training's own few samples: 48 would take longer than the steps in between.
            sessions = PublishedSessions(model, initial, "training", trained.point_order, options.samples, options.clusters)
            log.write({"step": budget.done, "minutes": round(budget.seconds / 60, 2), "validation": watched.dice(sessions)})
            budget.pause()
        if budget.seconds - saved > CHECKPOINT_SECONDS or budget.share >= 1:
            saved = budget.seconds
            epoch = budget.done * per_step // len(images)
            save_trained(path, Trained(model, initial, trained.point_order, optimizer.state_dict(), budget.done, budget.seconds, epoch))


def parameter_groups(model: SpaModel, rate: float, encoder_rate: float | None) -> list[dict]:
    """The image's networks, which may learn more slowly, and the others. Without weights to begin with they should: while all that is learnt is
    how large structures are and where the click is, images are mere noise to the loss, and at the decoder's rate they are unlearnt for good."""
    encoder = [parameter for network in (model.image_encoder, model.latent_mixing) for parameter in network.parameters()]
    known = {id(parameter) for parameter in encoder}
    others = [parameter for parameter in model.parameters() if id(parameter) not in known]
    return [{"params": encoder, "lr": rate if encoder_rate is None else encoder_rate}, {"params": others, "lr": rate}]


def _resumed(path: Path, budget: Budget) -> Trained:
    trained = load_trained(path)
    budget.done, budget.seconds = trained.steps, trained.seconds
    return trained


def _precision(options: argparse.Namespace, device: torch.device):  # noqa: ANN202
    wanted = torch.cuda.is_bf16_supported() if device.type == "cuda" else options.bf16
    return torch.autocast(device.type, torch.bfloat16) if wanted else nullcontext()


class Watched:
    """Some validation images, chosen once."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._images = open_dataset(options, "validation")
        self._cases = choose_cases(self._images, "reader", options.seed, options.validate_cases)

    def dice(self, sessions: PublishedSessions) -> list[float]:
        """Mean Dice after each of six rounds."""
        courses = [play_case(sessions, open_case(self._images, row, seed, "reader"), "spa") for row, seed in self._cases]
        return np.round(np.mean([course.values("dice", ROUNDS) for course in courses], 0), 4).tolist()


class _Log:
    """Running means of the figures, a line of JSON now and then."""

    def __init__(self, path: Path, done: int, writes: bool) -> None:
        """`done`: steps behind the checkpoint. Of steps that will be made once more, or of another training, nothing is kept."""
        self._path, self._means = path, {}
        if writes and path.is_file():
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            path.write_text("".join(line for line in lines if json.loads(line)["step"] <= done), encoding="utf-8")

    def add(self, figures: dict[str, float]) -> None:
        self._means = {name: 0.95 * self._means.get(name, value) + 0.05 * value for name, value in figures.items()}

    def shown(self) -> str:
        return "  ".join(f"{name} {value:.3f}" for name, value in self._means.items())

    def write(self, facts: dict) -> None:
        figures = {} if "validation" in facts else {name: round(value, 4) for name, value in self._means.items()}
        with open(self._path, "a", encoding="utf-8") as log:
            log.write(json.dumps({**facts, **figures}) + "\n")

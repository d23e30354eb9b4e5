"""Exported graphs against the PyTorch model that they came from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from ..usage_error import UsageError
from .models import SamModel, SpaModel
from .preference import draw_latents
from .prompt_encoder import BOX_FIRST, BOX_SECOND, NEGATIVE, PADDING, POSITIVE

TOLERANCE = {"fp32": 1e-3, "fp16": 0.01, "int8": 0.1}
"""fp32: largest difference of logits, for logits up to 10 (relative beyond). fp16, int8: root mean square difference of logits
over their standard deviation. Predicted qualities are shares of one: their differences count as they are, for three masks may be equally good."""
SAMPLES = 3
Run = Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]]


class ParityError(UsageError):
    """The exported graphs do not compute what the checkpoint's network computes."""


def session(path: Path) -> Run:
    """A function from named inputs to named outputs; inputs that the graph does not have are left out."""
    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False
    opened = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    names = [output.name for output in opened.get_outputs()]
    wanted = {value.name for value in opened.get_inputs()}
    return lambda inputs: dict(zip(names, opened.run(names, {k: v for k, v in inputs.items() if k in wanted})))


@torch.no_grad()
def check_parity(model: SamModel | SpaModel, folder: Path, precision: str) -> float:
    """The difference of logits (see TOLERANCE) between PyTorch and onnxruntime on a made-up image with several prompts.

    Raises ParityError above the tolerance, for numbers that are not finite, and when SPA's latents change nothing.
    """
    generator = torch.Generator().manual_seed(3)
    image = torch.rand(1, 3, model.sizes.image, model.sizes.image, generator=generator)
    expected_feature = model.image_encoder(image)
    feature = _run_once(folder / "encoder.onnx", {"image": image.numpy()})["feature"]
    compare = _compare_sam if isinstance(model, SamModel) else _compare_spa
    worst = 0.0
    for expected, found in compare(model, folder, expected_feature, feature, generator):
        worst = max(worst, difference(expected.numpy(), found, precision))
    if not worst < TOLERANCE[precision]:
        raise ParityError(f"Logits differ by {worst:.2e} from onnxruntime with {precision} weights; at most {TOLERANCE[precision]} is allowed.")
    return worst


def difference(expected: np.ndarray, found: np.ndarray, precision: str) -> float:
    """Of logits [n,L,L], or of the predicted qualities [n] of n masks."""
    if expected.shape != found.shape or not np.isfinite(found).all():
        raise ParityError(f"Logits of shape {found.shape}, expected {expected.shape} and finite.")
    if precision == "fp32" or expected.ndim == 1:
        return float(np.abs(found - expected).max() / max(1.0, np.abs(expected).max() / 10))
    return float(np.sqrt(((found - expected) ** 2).mean()) / expected.std())


def prompts(size: int, generator: torch.Generator) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """No prompt, one click, clicks on both sides, a box with a click."""
    kinds = [[PADDING], [POSITIVE], [POSITIVE, NEGATIVE, POSITIVE], [BOX_FIRST, BOX_SECOND, POSITIVE]]
    return [(torch.rand(1, len(kind), 2, generator=generator) * size, torch.tensor([kind], dtype=torch.float32)) for kind in kinds]


def _compare_spa(model: SpaModel, folder: Path, expected_feature: torch.Tensor, feature: np.ndarray, generator: torch.Generator):  # noqa: ANN202
    run_prompt, run_weights, run_head = (session(folder / f"{name}.onnx") for name in ("prompt", "weights", "head"))
    given = torch.rand(model.sizes.components, generator=generator).softmax(0)
    expected_weights = model.weight_network(given)
    weights = run_weights({"responsibilities": given.numpy()})["weights"]
    for points, labels in prompts(model.sizes.image, generator):
        noise = torch.randn(SAMPLES, model.sizes.latent, generator=generator)
        sparse = model.prompt_encoder.points(points, labels)
        means, variances = model.preference(sparse)
        latents = draw_latents(expected_weights, means[0], variances[0], noise)
        expected = model.decode(expected_feature, sparse, latents)
        out = run_prompt({"points": points.numpy(), "labels": labels.numpy()})
        latents = draw_latents(*(torch.from_numpy(x) for x in (weights, out["means"], out["variances"])), noise)
        yield expected, run_head({"feature": feature, "sparse": out["sparse"], "latents": latents.numpy()})["logits"]
    one_by_one = [run_head({"feature": feature, "sparse": out["sparse"], "latents": z[None].numpy()})["logits"] for z in 10 * noise]
    if not max(float(np.abs(other - one_by_one[0]).max()) for other in one_by_one[1:]) > 0:
        raise ParityError("The latents do not change the masks.")


def _compare_sam(model: SamModel, folder: Path, expected_feature: torch.Tensor, feature: np.ndarray, generator: torch.Generator):  # noqa: ANN202
    run_head = session(folder / "head.onnx")
    side = model.sizes.mask
    for count, (points, labels) in enumerate(prompts(model.sizes.image, generator)):
        mask = 4 * torch.randn(1, 1, side, side, generator=generator)
        has_mask = torch.tensor([float(count % 2)])
        expected, quality = model.decode(expected_feature, points, labels, mask, has_mask)
        given = {"points": points, "labels": labels, "mask": mask, "hasMask": has_mask}
        out = run_head({"feature": feature, **{name: value.numpy() for name, value in given.items()}})
        yield expected[0], out["logits"]
        yield quality[0], out["quality"]


def _run_once(path: Path, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return session(path)(inputs)

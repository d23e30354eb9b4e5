"""Published checkpoints: read safely, recognised from their tensors, refused in words.

A checkpoint is a pickle, and a pickle can run programs. Only tensors, numpy arrays, strings, numbers and plain containers are
let through; everything else is refused before it is made.
"""

from __future__ import annotations

import _codecs
import pickle
import re
import struct
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .models import SamModel, SpaModel
from .recognise import CheckpointError, resample_positions, sizes_of

SPA_NAMES = (
    ("image_encoder.fcomb.", "latent_mixing."),
    ("EM_weights.", "weight_network."),
    ("EM_mean_variance.", "mean_variance."),
    (".attn.rel_h", ".attn.rel_pos_h"),
    (".attn.rel_w", ".attn.rel_pos_w"),
    (".mlp.layers.0.0.", ".mlp.lin1."),
    (".mlp.fc.", ".mlp.lin2."),
)
"""Where the tensors of a published SPA checkpoint stand in SpaModel. The last two pairs are the mask decoder's."""
ARRAYS = ("EM_weights", "EM_means", "EM_variances")
POINT_ORDERS = ("xy", "yx")
IGNORED = ("pixel_mean", "pixel_std")
WRAPPERS = re.compile(r"\b(?:module|_orig_mod)\.")
"""What DataParallel and torch.compile put into the names of what they wrap."""


@dataclass(frozen=True)
class Mixture:
    """The preference distribution that a checkpoint starts from, [M] each."""

    weights: np.ndarray
    means: np.ndarray
    variances: np.ndarray


@dataclass(frozen=True)
class Published:
    """A checkpoint's model in evaluation mode; SPA's also brings its mixture and epoch.

    `point_order`: "xy" as in SAM; "yx", (row, column), in checkpoints of the published SPA program, which say nothing of it.
    """

    model: SamModel | SpaModel
    mixture: Mixture | None = None
    epoch: int | None = None
    point_order: str = "xy"


def read_checkpoint(path: str | Path, image: int | None = None) -> Published:
    """An SPA, SAM or MedSAM checkpoint for images of side `image` (None: the size it was trained for).

    Raises CheckpointError, naming the first tensor that is missing, misshapen or unknown.
    """
    content = load_safely(path)
    state = tensors(content)
    if not state:
        raise CheckpointError(f"{path} holds no tensors by name: expected a state dict, or a dict with `state_dict` or `model`.")
    if any(name.startswith("image_encoder.fcomb.") for name in state):
        sizes, cells = sizes_of(renamed(state, SPA_NAMES), image, published_name)
        model: SamModel | SpaModel = SpaModel(sizes, cells)
        fill(model, renamed(state, SPA_NAMES), published_name)
        return Published(model.eval(), mixture(content, sizes.components), content.get("epoch"), point_order(content))
    sizes, _ = sizes_of(state, image, str)
    model = SamModel(sizes)
    fill(model, state, str)
    return Published(model.eval())


def load_safely(path: str | Path) -> dict:
    """The dictionary in a .pth file. Raises CheckpointError for a pickle that asks for anything but data."""
    try:
        with torch.serialization.safe_globals(_numpy_globals()):
            content = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise CheckpointError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise CheckpointError(f"{path} is a folder; name the .pth file in it.") from None
    except (pickle.UnpicklingError, EOFError, RuntimeError, ValueError, OSError, struct.error) as error:
        wanted = re.search(r"GLOBAL (\w[\w.]*)|but got <class '([\w.]+)'>", str(error))
        if wanted:
            raise CheckpointError(
                f"{path} is refused: loading it would make or call `{wanted[1] or wanted[2]}`, which is no tensor data and may run any program. "
                "If you trust its origin, save it again with tensors, numpy arrays, numbers and strings only."
            ) from None
        lines = str(error).rpartition("WeightsUnpickler error:")[2].strip().splitlines()
        reason = lines[0] if lines else type(error).__name__
        raise CheckpointError(f"{path} is not a readable PyTorch checkpoint: {reason[:120]}. Is the file complete? Fetch or copy it again.") from None
    if not isinstance(content, dict):
        raise CheckpointError(f"{path} holds a {type(content).__name__}; expected a dictionary of tensors.")
    return content


def tensors(content: dict) -> dict[str, torch.Tensor]:
    """The state dict itself, or the one inside `state_dict` or `model`; without what DataParallel and torch.compile add."""
    for key in ("state_dict", "model"):
        if isinstance(content.get(key), dict):
            content = content[key]
            break
    state = {name: value for name, value in content.items() if isinstance(name, str) and torch.is_tensor(value)}
    state = {WRAPPERS.sub("", name): value for name, value in state.items()}
    return {name: value for name, value in state.items() if name not in IGNORED}


def renamed(state: dict, names: tuple[tuple[str, str], ...]) -> dict:
    """The same tensors under this package's names."""
    return {_replace(name, names): value for name, value in state.items()}


def published_state(model: SpaModel) -> OrderedDict[str, torch.Tensor]:
    """The model's state dict under the published names, for a checkpoint that the published program's users know."""
    return OrderedDict((published_name(name), value) for name, value in model.state_dict().items())


def published_name(name: str) -> str:
    """The name in a published SPA checkpoint of a tensor of SpaModel."""
    pairs = [(ours, theirs) for theirs, ours in SPA_NAMES if not ours.startswith(".mlp.")]
    if name.startswith("mask_decoder."):
        pairs += [(ours, theirs) for theirs, ours in SPA_NAMES if ours.startswith(".mlp.")]
    return _replace(name, tuple(pairs))


def fill(model: SamModel | SpaModel, state: dict[str, torch.Tensor], name_outside) -> None:  # noqa: ANN001
    """Puts the tensors into the model. Raises CheckpointError at the first that is missing, misshapen, unknown or not finite."""
    state = resample_positions(model.sizes, state)
    wanted = model.state_dict()
    for name, tensor in wanted.items():
        if name not in state:
            raise CheckpointError(f"Neither an SPA nor a SAM checkpoint: tensor `{name_outside(name)}` is missing.")
        if state[name].shape != tensor.shape:
            raise CheckpointError(
                f"Tensor `{name_outside(name)}` has shape {list(state[name].shape)}; expected {list(tensor.shape)}, given the other tensors."
            )
    unknown = [name for name in state if name not in wanted]
    if unknown:
        raise CheckpointError(
            f"Tensor `{name_outside(unknown[0])}` (one of {len(unknown)}) belongs to no part of the published networks; leaving it out would change "
            "the masks. Adapters and other additions are not supported."
        )
    broken = next((name for name, tensor in state.items() if not torch.isfinite(tensor).all()), None)
    if broken:
        raise CheckpointError(f"Tensor `{name_outside(broken)}` holds numbers that are not finite: its training broke off. Take an earlier checkpoint.")
    model.load_state_dict({name: tensor.to(torch.float32) for name, tensor in state.items()}, assign=True)


def mixture(content: dict, components: int) -> Mixture:
    """The three numpy arrays beside an SPA state dict."""
    found = []
    for name in ARRAYS:
        if name not in content:
            raise CheckpointError(f"Array `{name}` is missing: the mixture that an SPA checkpoint starts from.")
        value = _numbers(content[name])
        if value.shape != (components,) or not np.isfinite(value).all():
            raise CheckpointError(f"Array `{name}` is not what is expected: {components} finite numbers.")
        found.append(value)
    return Mixture(*found)


def _numbers(given: object) -> np.ndarray:
    """[n] of an array, a tensor or a list; empty when it is none of these."""
    try:
        return np.asarray(given.detach().double() if torch.is_tensor(given) else given, np.float64).reshape(-1)
    except (TypeError, ValueError):
        return np.empty(0)


def point_order(content: dict) -> str:
    """Of an SPA checkpoint. Raises CheckpointError for an order that is none."""
    order = content.get("point_order", "yx")
    if order not in POINT_ORDERS:
        raise CheckpointError(f"`point_order` is {order!r}; expected one of {', '.join(POINT_ORDERS)}.")
    return order


def _replace(name: str, names: tuple[tuple[str, str], ...]) -> str:
    for before, after in names:
        name = name.replace(before, after)
    return name


def _numpy_globals() -> list:
    """What a pickled numpy array or number needs, under the names of numpy 1 and 2. All of it makes data only."""
    reconstruct = np.zeros(1).__reduce__()[0]
    scalar = np.float64(1).__reduce__()[0]
    modules = ("numpy.core.multiarray", "numpy._core.multiarray")
    named = [(function, f"{module}.{name}") for module in modules for function, name in ((reconstruct, "_reconstruct"), (scalar, "scalar"))]
    kinds = {type(np.dtype(kind)) for kind in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?")}
    return [*named, np.ndarray, np.dtype, *kinds, _codecs.encode]

"""The three recorded rounds of the published program, in PyTorch and in the exported graphs."""

import argparse
import os
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from spa_models.published.checkpoint import read_checkpoint
from spa_models.published.export import export
from spa_models.published.preference import draw_latents, responsibilities
from spa_models.published.verify import session

SHARED = Path(os.environ.get("SPA_SHARED", Path(__file__).resolve().parents[4] / "shared"))
CHECKPOINT = SHARED / "reference" / "spa_tiny_checkpoint.pth"
ROUNDS = SHARED / "reference" / "reference_rounds.npz"
ABSENT = next((str(path) for path in (CHECKPOINT, ROUNDS) if not path.exists()), None)


class Recorded:
    """One recorded round; every array as float32 but for labels and masks."""

    def __init__(self, arrays: dict, number: int) -> None:
        self.arrays, self.number = arrays, number

    def __getitem__(self, name: str) -> np.ndarray:
        return self.arrays[f"round{self.number}/{name}"]


@unittest.skipIf(ABSENT, f"{ABSENT} is missing")
class ParityTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        torch.set_grad_enabled(False)
        torch.set_num_threads(1)  # tensors this small are slower on more
        cls.published = read_checkpoint(CHECKPOINT)
        cls.arrays = dict(np.load(ROUNDS))
        cls.folder = tempfile.TemporaryDirectory()
        options = argparse.Namespace(
            checkpoint=CHECKPOINT,
            out=Path(cls.folder.name),
            image_size=None,
            weights="fp32",
            scale="auto",
            name=None,
            version="0.1.0",
            license="test",
            modalities=[],
        )
        cls.manifest = export(options)
        cls.graphs = {name: session(Path(cls.folder.name) / entry["file"]) for name, entry in cls.manifest["graphs"].items()}

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()
        torch.set_grad_enabled(True)

    def near(self, found: np.ndarray, expected: np.ndarray, absolute: float = 0, relative: float = 0) -> None:
        np.testing.assert_allclose(np.asarray(found), expected, atol=absolute, rtol=relative)

    def answers(self, number: int, sparse, means, variances, weights, latents, logits) -> None:  # noqa: ANN001
        """What both runtimes must give in round `number`, to the stated tolerances."""
        recorded = Recorded(self.arrays, number)
        self.near(sparse, recorded["sparse"], absolute=1e-4)
        self.near(means, recorded["means"], relative=1e-4)
        self.near(variances, recorded["variances"], relative=1e-4)
        self.near(weights, recorded["weights"], relative=1e-4)
        self.near(latents, recorded["z"], absolute=1e-4)
        self.near(logits, recorded["logits"][:, 0], absolute=1e-3)
        side = recorded["recommended"].shape[0]
        enlarged = F.interpolate(torch.as_tensor(np.asarray(logits)).mean(0)[None, None], (side, side), mode="nearest")[0, 0]
        self.assertEqual(int((enlarged.numpy() > 0.5).astype(np.uint8).__ne__(recorded["recommended"]).sum()), 0)
        mixture = (torch.as_tensor(np.asarray(x)) for x in (weights, means, variances))
        found = responsibilities(torch.from_numpy(recorded["selected_mean"]), *mixture)
        self.near(found, recorded["responsibilities_out"], absolute=1e-4)

    def test_pytorch_repeats_the_recorded_rounds(self) -> None:
        model = self.published.model
        feature = model.feature(torch.from_numpy(self.arrays["image"])[None])
        for number in range(3):
            recorded = Recorded(self.arrays, number)
            with self.subTest(round=number):
                self.near(feature, recorded["feature"], absolute=1e-4)
                points, labels = (torch.from_numpy(recorded[name])[None] for name in ("points", "labels"))
                sparse = model.prompt_encoder.points(points, labels)
                means, variances = (x[0] for x in model.preference(sparse))
                weights = model.weight_network(torch.from_numpy(recorded["responsibilities_in"]))
                latents = draw_latents(weights, means, variances, torch.from_numpy(recorded["eps"]))
                self.answers(number, sparse, means, variances, weights, latents, model.decode(feature, sparse, latents))

    def test_the_exported_graphs_repeat_the_recorded_rounds(self) -> None:
        feature = self.graphs["encoder"]({"image": self.arrays["image"][None]})["feature"]
        for number in range(3):
            recorded = Recorded(self.arrays, number)
            with self.subTest(round=number):
                self.near(feature, recorded["feature"], absolute=1e-4)
                out = self.graphs["prompt"]({"points": recorded["points"][None], "labels": recorded["labels"][None].astype(np.float32)})
                weights = self.graphs["weights"]({"responsibilities": recorded["responsibilities_in"]})["weights"]
                mixture = (torch.from_numpy(x) for x in (weights, out["means"], out["variances"]))
                latents = draw_latents(*mixture, torch.from_numpy(recorded["eps"])).numpy()
                logits = self.graphs["head"]({"feature": feature, "sparse": out["sparse"], "latents": latents})["logits"]
                self.answers(number, out["sparse"], out["means"], out["variances"], weights, latents, logits)

    def test_the_recorded_rounds_start_from_the_checkpoints_weights(self) -> None:
        self.near(self.manifest["latent"]["prior"]["weights"], self.arrays["initial_weights"], absolute=1e-6)

    def test_the_sizes_are_read_from_the_tensors(self) -> None:
        sizes = self.published.model.sizes
        self.assertEqual((sizes.image, sizes.width, sizes.depth, sizes.heads, sizes.global_blocks), (64, 48, 2, 2, (1,)))


if __name__ == "__main__":
    unittest.main()

import argparse
import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from spa_models.bayes import ablations, train
from spa_models.bayes.checkpoint import load_checkpoint
from spa_models.synthetic.generate import generate

SCORES = {"methods": {"spa": {"dice": [0.5, 0.6, 0.7], "noi": {"90": 5.25}, "best": [0.55]}, "clicks": {"noi": {"90": 6}}}}
PROFILE = {"profile": {"after": [{"cases": 5, "gain": 1.25, "interval": {"low": -0.5, "high": 3.0}}]}}


def options(folder: Path, *more: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    ablations.add_arguments(parser)
    files = ("--data", f"{folder}", "--synthetic", f"{folder / 'pairs.npz'}", "--regions", f"{folder / 'regions.npz'}")
    shipped = folder / "shipped"
    shipped.mkdir(exist_ok=True)
    (shipped / "manifest.json").write_text(json.dumps({"latent": {"dim": 6}}))
    return parser.parse_args([*files, "--bundle", f"{shipped}", "--out", f"{folder / 'out'}", *more])


class AblationsTest(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def test_every_variant_differs_from_the_first_in_one_thing(self) -> None:
        base = vars(ablations.BASE)
        for variant in ablations.VARIANTS[1:]:
            differing = [name for name, value in vars(variant).items() if name != "name" and value != base[name]]
            self.assertEqual(len(differing), 1, variant.name)

    def test_prints_a_row_for_every_training_with_what_the_shipped_engine_measures(self) -> None:
        asked: list[list[str]] = []

        def answer(command: list[str], check: bool, cwd: Path | None, stdout: int, text: bool) -> mock.Mock:
            asked.append(command)
            return mock.Mock(stdout=json.dumps(PROFILE if "--profile" in command else SCORES))

        chosen = options(self.folder, "--measure", "lidc.npz", "--stable", "stable.npz", "--at-once", "1")
        printed = io.StringIO()
        quiet = contextlib.redirect_stderr(io.StringIO())
        with mock.patch.object(ablations.subprocess, "run", answer), contextlib.redirect_stdout(printed), quiet:
            ablations.run(chosen)
        trained, adapting = (part.splitlines() for part in printed.getvalue().strip().split("\n\n"))
        columns = "lidc: Dice@1 | lidc: Dice@3 | lidc: NoI90 | lidc: NoI90 without candidates | lidc: best@1 | learnt preference |"
        self.assertEqual([trained[0], adapting[0]], [f"| training | {columns}", f"| the bundle | {columns}"])
        self.assertEqual(trained[2], f"| {ablations.BASE.name} | 0.500 | 0.700 | 5.25 | 6.00 | 0.550 | +1.2 [-0.5, +3.0] |")
        self.assertEqual([len(trained), len(adapting)], [2 + len(ablations.VARIANTS), 2 + len(ablations.ADAPTATIONS)])
        self.assertEqual([command[3] for command in asked[:2]], ["train", "export"])

    def test_the_second_table_is_of_bundles_that_differ_in_their_adaptation_alone(self) -> None:
        with mock.patch.object(ablations, "_trained", return_value=[]), contextlib.redirect_stdout(io.StringIO()):
            ablations.run(options(self.folder))
        manifests = [json.loads(path.read_text()) for path in self.folder.glob("out/*/bundle/manifest.json")]
        temperatures = {manifest["latent"].pop("adaptationTemperature") for manifest in manifests}
        self.assertEqual(temperatures, set(ablations.ADAPTATIONS.values()))
        self.assertTrue(all(manifest == {"latent": {"dim": 6}} for manifest in manifests))

    def test_a_training_that_is_finished_is_left_out(self) -> None:
        for variant in ablations.VARIANTS:
            bundle = self.folder / "out" / variant.name.replace(" ", "-") / "bundle"
            bundle.mkdir(parents=True)
            (bundle / "manifest.json").touch()
        with mock.patch.object(ablations.subprocess, "run") as ran, contextlib.redirect_stdout(io.StringIO()):
            ablations.run(options(self.folder))
        ran.assert_not_called()

    def test_the_options_of_a_variant_are_options_of_the_training(self) -> None:
        for name in ("lidc", "ultrasound"):
            (self.folder / name).mkdir()
        for path in ("lidc/train.npz", "ultrasound/train.npz", "pairs.npz", "regions.npz"):
            generate(24, 3, self.folder / path)
        variant = ablations.Variant("other", latent=3, known_styles=0)
        command = ablations.training(variant, options(self.folder, "--steps", "1"), self.folder / "run")
        parser = argparse.ArgumentParser()
        train.add_arguments(parser)
        train.run(parser.parse_args([*command[4:], "--batch", "2"]))
        self.assertEqual(load_checkpoint(self.folder / "run" / "checkpoint.pt")["architecture"]["latent"], 3)


if __name__ == "__main__":
    unittest.main()

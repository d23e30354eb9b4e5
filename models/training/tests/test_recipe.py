"""The command that makes the shipped model from nothing."""

from __future__ import annotations

import argparse
import contextlib
import io
import runpy
import subprocess
import sys
import unittest
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import numpy as np
import torch

from spa_models.bayes import recipe


def options(folder: Path, *more: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    recipe.add_arguments(parser)
    return parser.parse_args(["--data", str(folder / "data"), "--out", str(folder / "out"), "--bundle", str(folder / "bundle"), *more])


def made_up_data(folder: Path) -> None:
    """Images with a bright disc, where the recipe looks for them; the folders of DICOM files are npz files here."""
    random = np.random.default_rng(4)
    y, x = np.mgrid[:64, :64]
    discs = [(y - 32) ** 2 + (x - 32) ** 2 < (8 + index) ** 2 for index in range(6)]
    images = np.stack([np.clip(60 + 120 * disc + random.normal(0, 4, disc.shape), 0, 255) for disc in discs]).astype(np.uint8)
    masks = np.stack([np.stack([disc] * 4).reshape(-1) for disc in discs])
    for name in (recipe.LIDC, recipe.ULTRASOUND):
        (folder / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        patients = np.array([f"patient-{index}" for index in range(len(discs))])
        np.savez(folder / "data" / name, image=images, masks_packed=np.packbits(masks, axis=1), patient=patients)
    (folder / "data" / "dicom").mkdir()
    for name in ("ct-abdomen", "mr-head"):
        with open(folder / "data" / "dicom" / name, "wb") as file:
            np.savez(file, image=images)


class Processes:
    """Stands in for `subprocess`. The first process is started; what the others would do is done here, by the same command line: to start
    Python and PyTorch takes each of them many times as long as its work on images as small as these."""

    count = 0

    def run(self, command: list[str], check: bool) -> None:
        self.count += 1
        if self.count == 1:
            subprocess.run(command, check=check)
            return
        python, flag, module, *arguments = command
        if (python, flag) != (sys.executable, "-m"):
            raise AssertionError(f"no command of this package: {command}")
        with mock.patch.object(sys, "argv", [module, *arguments]), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "'spa_models.*' found in sys.modules", RuntimeWarning)
            runpy.run_module(module, run_name="__main__")


class TheRecipe(unittest.TestCase):
    def setUp(self) -> None:
        holder = TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def test_makes_a_bundle_from_nothing_with_one_command(self) -> None:
        made_up_data(self.folder)
        self.addCleanup(torch.set_num_threads, torch.get_num_threads())
        processes = Processes()
        with mock.patch.object(recipe, "subprocess", processes), contextlib.redirect_stdout(io.StringIO()):
            recipe.run(options(self.folder, "--steps", "1", "--batch", "2", "--threads", "1", "--images", "3", "--windows", "12"))
        self.assertEqual(processes.count, len(recipe.steps(options(self.folder))))
        for name in ("manifest.json", "encoder.onnx", "prompt.onnx", "head.onnx", "reliability.png"):
            self.assertTrue((self.folder / "bundle" / name).exists(), name)

    def test_goes_on_where_it_was_stopped(self) -> None:
        made_up_data(self.folder)
        chosen = options(self.folder)
        steps = recipe.steps(chosen)
        self.assertNotIn("--resume", steps[5].arguments)
        for step in steps[:5]:
            step.done.parent.mkdir(parents=True, exist_ok=True)
            step.done.touch()
        (self.folder / "out" / "one").mkdir()
        (self.folder / "out" / "one" / "checkpoint.pt").touch()
        ran: list[list[str]] = []
        for name in ("two", "three", "four", "five", "six", "seven", "eight"):
            (self.folder / "out" / name).mkdir()
        record = mock.patch.object(recipe.subprocess, "run", lambda command, check: ran.append(command))
        with record, contextlib.redirect_stdout(io.StringIO()):
            recipe.run(chosen)
        self.assertEqual([command[3] for command in ran], [*["train"] * 8, "average", "export", "calibration"])
        self.assertIn("--resume", ran[0])
        self.assertIn(str(self.folder / "out" / "two" / "checkpoint.pt"), ran[2])
        self.assertTrue(any("echoes.npz" in argument for argument in ran[7]))

    def test_says_which_data_are_missing(self) -> None:
        with self.assertRaisesRegex(SystemExit, r"lidc/train\.npz.*--data"):
            recipe.run(options(self.folder))


if __name__ == "__main__":
    unittest.main()

import argparse
import contextlib
import io
import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from spa_models.bayes import monitor
from spa_models.bayes.checkpoint import save_checkpoint
from spa_models.bayes.networks import Architecture, BayesModel
from spa_models.data.dataset_error import DatasetError
from spa_models.data.slices import Slices
from spa_models.evaluation.proposing import Point, Proposal
from spa_models.evaluation.simulated_user import Course, Round


class BrightThings(BayesModel):
    """Stands in for a trained network: bright is inside, the first latent moves the border by `moves` of a grey, points are obeyed."""

    def __init__(self, moves: float = 0.1) -> None:
        super().__init__(Architecture(size=48))
        self.encoder.forward = lambda image: (image, image)
        self.prompt.forward = lambda features, context, prompts: features + 9 * (prompts[:, :1] - prompts[:, 1:2]) ** 3
        self.head.decode = lambda conditioning, latents: 8 * (conditioning + moves * latents[:, :, :1, None])


def disc(radius: float) -> Slices:
    y, x = np.mgrid[:128, :128]
    mask = np.hypot(x - 50, y - 70) < radius
    packed = np.packbits(mask.reshape(1, 1, -1), axis=-1)
    return Slices((mask * 255).astype(np.uint8)[None], packed, np.array(["p"]), np.array(["s"]))


def cone(drawn: float) -> Slices:
    """Brightest in the middle, dark from radius 40 on; the mean grey lies at radius 26, the reader's border at `drawn`."""
    y, x = np.mgrid[:128, :128]
    radius = np.hypot(x - 60, y - 64)
    grey = np.clip(255 * (1 - radius / 40), 0, 255).astype(np.uint8)
    return Slices(grey[None], np.packbits((radius < drawn).reshape(1, 1, -1), axis=-1), np.array(["p"]), np.array(["s"]))


def courses(moves: float, slices: Slices, method: str, rounds: int) -> list[Course]:
    sessions = monitor.WatchedSessions(BrightThings(moves).eval(), "bright")
    return monitor.play_cases(sessions, monitor.draw_cases(slices, 1, 1), method, rounds).courses


class MonitorTest(unittest.TestCase):
    def test_finds_the_view_of_small_and_large_structures(self) -> None:
        for radius in (4, 9, 25, 45):
            (course,) = courses(0.1, disc(radius), "mean", 1)
            self.assertGreater(course.rounds[0].dice, 0.85, f"radius {radius}")

    def test_an_answer_brings_the_next_proposal_nearer_to_a_reader_who_draws_generously(self) -> None:
        for method in ("spa", "clicks"):
            (course,) = courses(0.5, cone(drawn=34), method, 3)
            first, second, third = course.values("dice", 3)
            self.assertLess(first, 0.85)
            self.assertGreater(second, first + 0.1)
            self.assertGreaterEqual(third, second)

    def test_what_is_best_among_the_candidates_is_nearer_than_the_first_recommended_mask(self) -> None:
        (course,) = courses(0.5, cone(drawn=34), "spa", 1)
        self.assertGreater(course.rounds[0].best, course.rounds[0].dice + 0.05)

    def test_a_click_that_the_next_mask_ignores_is_not_obeyed(self) -> None:
        inside, outside = np.ones((8, 8), bool), np.zeros((8, 8), bool)
        rounds = [Round(Proposal(mask, inside[None]), 0.5, 0.5, 0.5, None) for mask in (inside, outside, inside, inside)]
        rounds[0].clicked, rounds[1].chosen, rounds[2].clicked = Point(2, 3, False), 0, Point(4, 4, True)
        self.assertEqual(monitor.clicks_obeyed([Course(monitor.draw_cases(disc(9), 1, 1)[0], Point(5, 5, True), rounds)]), 0.75)

    def test_draws_the_same_readers_with_the_same_seed_and_says_when_there_is_none(self) -> None:
        three = disc(9)
        three = replace(three, packed=np.repeat(three.packed, 3, axis=1))
        cases = [monitor.draw_cases(three, 2, 5) for _ in range(2)]
        self.assertEqual([[case.image.name for case in drawn] for drawn in cases], [["s-00000"] * 2] * 2)
        self.assertEqual(([case.seed for case in cases[0]], int(cases[0][0].votes.max())), ([5, 6], 3))
        with self.assertRaisesRegex(DatasetError, "12 pixels"):
            monitor.draw_cases(disc(1), 2, 5)

    def test_prints_the_figures_of_every_method(self) -> None:
        torch.manual_seed(0)
        model = BayesModel(Architecture(size=48))
        with tempfile.TemporaryDirectory() as folder:
            checkpoint, data = Path(folder) / "checkpoint.pt", Path(folder) / "data.npz"
            save_checkpoint(checkpoint, model, model.state_dict(), {"step": 7, "seconds": 90})
            np.savez(data, image=disc(9).images, masks_packed=disc(9).packed)
            parser, printed = argparse.ArgumentParser(), io.StringIO()
            monitor.add_arguments(parser)
            with contextlib.redirect_stdout(printed):
                monitor.run(parser.parse_args(["--checkpoint", str(checkpoint), "--data", str(data), "--all", "--rounds", "2"]))
        report = json.loads(printed.getvalue())
        self.assertEqual((report["step"], report["minutes"], report["cases"], len(report["thresholds"])), (7, 1.5, 1, 6))
        for method in ("spa", "clicks", "mean"):
            self.assertEqual((len(report[method]["dice"]), len(report[method]["best"])), (2, 2))
            self.assertTrue({"obeyed", "noi"} <= set(report[method]))
        self.assertEqual(report["thresholds"]["0.50"], report["spa"]["dice"][0])


if __name__ == "__main__":
    unittest.main()

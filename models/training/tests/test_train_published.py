import argparse
import contextlib
import io
import json
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch
import torch.multiprocessing

from spa_models.published import train
from spa_models.published.alternation import PHASES, TOGETHER, learn_only, phase_of
from spa_models.published.checkpoint import read_checkpoint
from spa_models.published.distributed import join, leave
from spa_models.published.feedback import Mixture, feedback
from spa_models.published.made_up import sam_checkpoint, spa_checkpoint
from spa_models.published.models import SpaModel
from spa_models.published.rounds import Play, Prompts, play
from spa_models.published.sizes import Sizes
from spa_models.published.training_checkpoint import load_trained
from spa_models.synthetic.folder import write_folder

SMALL = Sizes(32, 32, 1, 2, (0,))


def parse(*values: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    train.add_arguments(parser)
    return parser.parse_args(values)


def batch(count: int = 2) -> dict[str, torch.Tensor]:
    target = torch.zeros(count, 32, 32)
    target[:, 8:20, 10:24] = 1
    image = torch.rand(count, 3, 32, 32, generator=torch.Generator().manual_seed(3))
    return {"image": image, "target": target, "point": torch.full((count, 2), 14.0), "label": torch.ones(count, dtype=torch.long)}


def play_small(model: SpaModel, how: Play, seed: int = 1) -> dict[str, float]:
    return play(model, batch(), torch.full((16,), 1 / 16), how, np.random.default_rng(seed), contextlib.nullcontext())


class AlternationTest(unittest.TestCase):
    def test_phases_last_as_long_as_said(self) -> None:
        self.assertEqual([phase_of(step, (2, 1, 1)) for step in range(5)], ["image", "image", "preference", "weights", "image"])

    def test_without_phases_all_networks_learn_in_every_step(self) -> None:
        model = SpaModel(SMALL)
        phases = {phase_of(step, (0, 0, 0)) for step in range(5)}
        self.assertEqual(phases, {TOGETHER})
        self.assertEqual({id(parameter) for parameter in learn_only(model, TOGETHER)}, {id(parameter) for parameter in model.parameters()})

    def test_every_network_learns_in_exactly_one_phase_and_only_there_gets_gradients(self) -> None:
        torch.manual_seed(1)
        model = SpaModel(SMALL)
        learnt = {}
        for phase in PHASES:
            learn_only(model, phase)
            model.zero_grad(set_to_none=True)
            play_small(model, Play(2, 4, 2))
            learnt[phase] = {name for name, parameter in model.named_parameters() if parameter.grad is not None and parameter.grad.any()}
        parts = {phase: {name.split(".")[0] for name in names} for phase, names in learnt.items()}
        self.assertEqual(parts["image"], {"image_encoder", "latent_mixing", "mask_decoder"})
        self.assertEqual(parts["preference"], {"prompt_encoder", "mean_variance"})
        self.assertEqual(parts["weights"], {"weight_network"})


class RoundsTest(unittest.TestCase):
    def test_learns_a_mask_by_heart(self) -> None:
        torch.manual_seed(1)
        torch.set_num_threads(1)
        model = SpaModel(SMALL)
        parameters = learn_only(model, "image")
        optimizer = torch.optim.AdamW(parameters, lr=3e-3)
        losses = []
        for step in range(12):
            optimizer.zero_grad(set_to_none=True)
            losses.append(play_small(model, Play(1, 2, 2), step)["loss"])
            optimizer.step()
        self.assertLess(losses[-1], 0.6 * losses[0])

    def test_the_same_seed_gives_the_same_rounds_and_another_gives_others(self) -> None:
        torch.manual_seed(1)
        model = SpaModel(SMALL)
        learn_only(model, "image")
        losses = [play_small(model, Play(2, 4, 2), seed)["loss"] for seed in (1, 1, 2)]
        self.assertEqual(losses[0], losses[1])
        self.assertNotEqual(losses[0], losses[2])


class PromptsTest(unittest.TestCase):
    def test_keeps_clicks_as_x_and_y_and_tells_the_network_in_its_own_order(self) -> None:
        prompts = Prompts(torch.tensor([[[3.0, 7.0]]]), torch.tensor([[1]]))
        prompts.add(torch.tensor([[5.0, 9.0]]), torch.tensor([0]))
        self.assertEqual(prompts.ordered("xy").tolist(), [[[3, 7], [5, 9]]])
        self.assertEqual(prompts.ordered("yx").tolist(), [[[7, 3], [9, 5]]])
        self.assertEqual(prompts.labels.tolist(), [[1, 0]])


class FeedbackTest(unittest.TestCase):
    def test_clicks_where_the_chosen_differ_most_and_says_what_they_say(self) -> None:
        samples = torch.full((6, 8, 8), 0.2)
        samples[:2, 2:6, 2:7] = 0.9
        mixture = Mixture(torch.full((3,), 1 / 3), torch.tensor([0.2, 0.9, 5.0]), torch.full((3,), 0.01))
        taught = feedback(samples, np.array([0, 1]), mixture, np.random.default_rng(0))
        self.assertTrue(taught.positive and 2 <= taught.row < 6 and 2 <= taught.column < 7)
        other = feedback(samples, np.array([2, 3, 4, 5]), mixture, np.random.default_rng(0))
        self.assertFalse(other.positive)
        np.testing.assert_allclose(taught.responsibilities.numpy(), [44 / 64, 20 / 64, 0], atol=1e-4)


class TrainTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        write_folder(8, 3, self.root / "data")
        torch.set_num_threads(1)

    def options(self, out: str, *more: str) -> argparse.Namespace:
        return parse(
            *("--dataset", "folder", "--data", str(self.root / "data"), "--out", str(self.root / out), "--network", "small"),
            *("--image-size", "32", "--output-size", "32", "--batch", "1", "--samples", "4", "--rounds", "2", *more),
        )

    def run_quietly(self, options: argparse.Namespace) -> None:
        with contextlib.redirect_stderr(io.StringIO()):
            train.run(options)

    def test_a_training_that_was_stopped_ends_where_an_unbroken_one_does(self) -> None:
        self.run_quietly(self.options("whole", "--steps", "4"))
        with mock.patch.object(train, "CHECKPOINT_SECONDS", -1.0):
            with mock.patch.object(train, "play", side_effect=_stops_after(2)), self.assertRaises(KeyboardInterrupt):
                self.run_quietly(self.options("broken", "--steps", "4"))
        self.assertEqual(load_trained(self.root / "broken" / "checkpoint.pth").steps, 2)
        self.run_quietly(self.options("broken", "--steps", "4", "--resume"))
        whole, broken = (load_trained(self.root / name / "checkpoint.pth") for name in ("whole", "broken"))
        self.assertEqual((whole.steps, broken.steps), (4, 4))
        for name, tensor in whole.model.state_dict().items():
            torch.testing.assert_close(broken.model.state_dict()[name], tensor, msg=name)

    def test_writes_a_checkpoint_that_the_export_recognises_and_a_log_with_validation(self) -> None:
        self.run_quietly(self.options("run", "--steps", "20", "--validate-every", "20", "--validate-cases", "1"))
        published = read_checkpoint(self.root / "run" / "checkpoint.pth")
        self.assertIsInstance(published.model, SpaModel)
        self.assertEqual((published.model.sizes.image, published.model.sizes.depth, published.point_order), (32, 4, "xy"))
        self.assertAlmostEqual(float(published.mixture.weights.sum()), 1, places=5)
        lines = [json.loads(line) for line in (self.root / "run" / "train.jsonl").read_text().splitlines()]
        self.assertEqual(lines[0]["step"], 20)
        self.assertEqual(len(lines[1]["validation"]), 6)

    def test_the_encoder_may_learn_more_slowly_than_the_decoder(self) -> None:
        self.run_quietly(self.options("still", "--steps", "1", "--seed", "5", "--rate", "0"))
        self.run_quietly(self.options("run", "--steps", "1", "--seed", "5", "--rate", "1e-3", "--encoder-rate", "0"))
        still, run = (read_checkpoint(self.root / name / "checkpoint.pth").model.state_dict() for name in ("still", "run"))
        changed = {name.split(".")[0] for name in run if not torch.equal(run[name], still[name])}
        self.assertEqual(changed, {"mask_decoder"})

    def test_every_network_follows_the_budget_with_a_highest_rate_of_its_own(self) -> None:
        rates: list[list[float]] = []
        original = torch.optim.AdamW.step

        def step(optimizer: torch.optim.AdamW) -> None:
            rates.append([group["lr"] for group in optimizer.param_groups])
            original(optimizer)

        with mock.patch.object(torch.optim.AdamW, "step", step), mock.patch("spa_models.budget.WARM_UP", 2):
            self.run_quietly(self.options("run", "--steps", "6", "--rate", "1e-3", "--encoder-rate", "1e-4"))
        encoder, others = zip(*rates)
        np.testing.assert_allclose(np.array(others), 10 * np.array(encoder))
        self.assertAlmostEqual(max(others), 1e-3, delta=1e-4)
        self.assertTrue(others[0] < others[1] > others[2] > others[5] > 0)

    def test_begins_with_the_weights_of_sam_and_refuses_those_of_another_network(self) -> None:
        base = sam_checkpoint(self.root / "sam.pth", Sizes(64, 128, 4, 4, (0, 1, 2, 3)))
        self.run_quietly(self.options("run", "--steps", "1", "--rate", "0", "--base-weights", str(base)))
        trained, sam = read_checkpoint(self.root / "run" / "checkpoint.pth").model, read_checkpoint(base).model
        for name in ("image_encoder.neck.0.weight", "mask_decoder.mask_tokens.weight", "prompt_encoder.point_embeddings.1.weight"):
            torch.testing.assert_close(trained.state_dict()[name], sam.state_dict()[name])
        other = sam_checkpoint(self.root / "other.pth", Sizes(32, 64, 4, 4, (0, 1, 2, 3)))
        with self.assertRaisesRegex(SystemExit, "width 64 and depth 4; small has 128"):
            self.run_quietly(self.options("no", "--steps", "1", "--base-weights", str(other)))

    def test_a_checkpoint_of_the_published_program_keeps_its_order_of_coordinates(self) -> None:
        base = spa_checkpoint(self.root / "spa.pth", Sizes(32, 128, 4, 4, (0, 1, 2, 3)))
        self.run_quietly(self.options("run", "--steps", "1", "--base-weights", str(base)))
        self.assertEqual(read_checkpoint(self.root / "run" / "checkpoint.pth").point_order, "yx")

    def test_a_log_tells_of_one_training_and_of_each_step_once(self) -> None:
        steps = lambda: [json.loads(line)["step"] for line in (self.root / "run" / "train.jsonl").read_text().splitlines()]  # noqa: E731
        with mock.patch.object(train, "LOG_EVERY", 1), mock.patch.object(train, "CHECKPOINT_SECONDS", 1e9):
            self.run_quietly(self.options("run", "--steps", "2"))
            with mock.patch.object(train, "play", side_effect=_stops_after(2)), self.assertRaises(KeyboardInterrupt):
                self.run_quietly(self.options("run", "--steps", "5", "--resume"))
            self.assertEqual(steps(), [1, 2, 3, 4])
            self.run_quietly(self.options("run", "--steps", "4", "--resume"))
            self.assertEqual(steps(), [1, 2, 3, 4])
            self.run_quietly(self.options("run", "--steps", "1"))
            self.assertEqual(steps(), [1])

    def test_numbers_that_cannot_be_meant_are_refused_by_the_name_of_their_option(self) -> None:
        for option, value, reason in (
            ("--image-size", "100", "take a multiple of 16, such as 96"),
            ("--image-size", "0", "'0' is no whole number from 16 on"),
            ("--output-size", "0", "'0' is no whole number from 1 on"),
            ("--batch", "0", "no whole number from 1 on"),
            ("--samples", "half", "'half' is no whole number"),
            ("--rounds", "-1", "no whole number from 1 on"),
            ("--components", "0", "no whole number from 1 on"),
            ("--error-clicks", "2", "no share from 0 to 1"),
        ):
            with self.subTest(option=option), contextlib.redirect_stderr(io.StringIO()) as said, self.assertRaises(SystemExit):
                self.options("no", "--steps", "1", option, value)
            self.assertRegex(said.getvalue(), f"argument {option}: .*{reason}")
        for budget in ("--steps", "--epochs", "--minutes"):
            with self.subTest(budget=budget), contextlib.redirect_stderr(io.StringIO()) as said, self.assertRaises(SystemExit):
                self.options("no", budget, "0")
            self.assertIn(f"argument {budget}:", said.getvalue())

    def test_says_when_the_data_is_not_there(self) -> None:
        with self.assertRaisesRegex(SystemExit, "is not there"):
            self.run_quietly(parse("--dataset", "folder", "--data", "nowhere", "--steps", "1", "--out", str(self.root / "x")))


def _stops_after(steps: int):  # noqa: ANN202
    calls = iter(range(steps))

    def stopping(*arguments: object) -> dict[str, float]:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return play(*arguments)

    return stopping


def _average(rank: int, port: int, answers) -> None:  # noqa: ANN001
    torch.set_num_threads(1)
    os.environ.update(RANK=str(rank), LOCAL_RANK=str(rank), WORLD_SIZE="2", MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    processes = join()
    parameters = [torch.nn.Parameter(torch.zeros(3)), torch.nn.Parameter(torch.zeros(2, 2))]
    parameters[0].grad = torch.full((3,), float(rank))  # the second has none: its network took no part here
    processes.average_gradients(parameters)
    answers.put((parameters[0].grad.tolist(), parameters[1].grad.tolist(), processes.agree(float(rank + 5))))
    leave(processes)


@unittest.skipUnless(torch.distributed.is_available() and torch.distributed.is_gloo_available(), "PyTorch without gloo")
class DistributedTest(unittest.TestCase):
    def test_two_processes_average_their_gradients_and_go_by_one_clock(self) -> None:
        import socket

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        answers = torch.multiprocessing.get_context("spawn").SimpleQueue()
        torch.multiprocessing.spawn(_average, (port, answers), nprocs=2)
        for _ in range(2):
            self.assertEqual(answers.get(), ([0.5] * 3, [[0.0, 0.0], [0.0, 0.0]], 5.0))


if __name__ == "__main__":
    unittest.main()

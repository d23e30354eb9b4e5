import argparse
import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path

import torch

from spa_models.bayes import export, train
from spa_models.bayes.checkpoint import EARLIER, FORMAT, load_checkpoint, load_model, save_checkpoint, start_from
from spa_models.bayes.networks import ARCHITECTURES, Architecture, BayesModel
from spa_models.synthetic.generate import generate


def parse(module, *values: str) -> argparse.Namespace:  # noqa: ANN001
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    return parser.parse_args(values)


def training(folder: Path, out: str, steps: int, *more: str) -> argparse.Namespace:
    return parse(
        train, "--data", str(folder / "slices.npz"), "--out", str(folder / out), "--batch", "2", "--steps", str(steps), "--threads", "1", *more
    )


@torch.no_grad()
def logits(model: BayesModel) -> torch.Tensor:
    random = torch.Generator().manual_seed(5)
    image, prompts, latents = (torch.randn(shape, generator=random) for shape in ((1, 1, 32, 32), (1, 4, 32, 32), (3, 6)))
    return model.head(model.prompt(*model.encoder(image), prompts.sigmoid()), latents)


class TrainingTest(unittest.TestCase):
    def test_trains_resumes_and_exports_a_bundle_that_agrees_with_onnxruntime(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            generate(24, 3, folder / "slices.npz")
            train.run(training(folder, "a", 2))
            first = load_checkpoint(folder / "a" / "checkpoint.pt")
            train.run(training(folder, "a", 4, "--resume"))
            second = load_checkpoint(folder / "a" / "checkpoint.pt")
            self.assertEqual((first["progress"]["step"], second["progress"]["step"]), (2, 4))
            self.assertFalse(torch.equal(first["model"]["encoder.stem.0.weight"], second["model"]["encoder.stem.0.weight"]))
            self._export(folder)

    def _export(self, folder: Path) -> None:
        model, _ = load_model(folder / "a" / "checkpoint.pt")
        torch.nn.init.normal_(model.head.style[-1].weight)  # a net that has hardly trained does not use its latents yet
        content = load_checkpoint(folder / "a" / "checkpoint.pt")
        content["averaged"] = model.state_dict()
        torch.save(content, folder / "checkpoint.pt")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            export.run(parse(export, "--checkpoint", str(folder / "checkpoint.pt"), "--out", str(folder / "bundle")))
        self.assertIn("parity", printed.getvalue())
        manifest = json.loads((folder / "bundle" / "manifest.json").read_text())
        self.assertEqual(manifest["format"], "spa-bundle/1")
        for graph in manifest["graphs"].values():
            self.assertEqual((folder / "bundle" / graph["file"]).stat().st_size, graph["bytes"])
        self.assertEqual(manifest["check"], export.answer_of(folder / "bundle", model))
        self.assertEqual(len({each["value"] for each in manifest["check"]["logits"]}), 16)

    def test_starts_from_an_earlier_network_whose_new_inputs_count_nothing_at_first(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "earlier.pt"
            model = BayesModel(Architecture())
            earlier = {k: v for k, v in model.state_dict().items() if "passable" not in k}
            earlier["prompt.entry.0.weight"] = earlier["prompt.entry.0.weight"][:, :-2]
            torch.save({"format": EARLIER, "averaged": earlier}, path)
            with self.assertRaisesRegex(ValueError, "--start-from"):
                load_model(path)
            fresh = BayesModel(Architecture())
            new = start_from(fresh, path)
            self.assertEqual(sorted(new), ["prompt.entry.0.weight", "prompt.passable.bias", "prompt.passable.weight"])
            self.assertTrue(torch.equal(fresh.encoder.stem[0].weight, model.encoder.stem[0].weight))
            self.assertEqual(float(fresh.prompt.entry[0].weight.detach()[:, -2:].abs().max()), 0.0)

    def test_starts_from_a_narrower_network_and_computes_the_same(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "narrow.pt"
            narrow = BayesModel(Architecture(size=32, widths=(8, 8, 16, 16), prompt_widths=(8, 8, 16, 16)))
            torch.save({"format": FORMAT, "averaged": narrow.state_dict()}, path)
            wide = BayesModel(Architecture(size=32, widths=(8, 16, 24, 40), prompt_widths=(8, 16, 24, 24)))
            start_from(wide, path)
            torch.testing.assert_close(logits(wide), logits(narrow), atol=1e-4, rtol=1e-4)
            with self.assertRaisesRegex(ValueError, "same architecture"):
                start_from(BayesModel(Architecture(size=32, widths=(8, 8, 8, 16), prompt_widths=(8, 8, 16, 16))), path)

    def test_goes_on_from_the_bundle_that_ships(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            generate(6, 3, folder / "slices.npz")
            model = BayesModel(Architecture())
            for parameter in model.parameters():  # as after training: a norm that scales by 1 leaves no trace in a graph
                if parameter.ndim == 1:
                    torch.nn.init.normal_(parameter, 1.0, 0.1)
            torch.nn.init.normal_(model.head.style[-1].weight)
            save_checkpoint(folder / "checkpoint.pt", model, model.state_dict(), {"step": 0, "seconds": 0.0})
            for stored in ("fp32", "fp16"):
                self._starts_from_bundle(folder, model, stored)
            with self.assertRaisesRegex(ValueError, "encoder.onnx"):
                start_from(model, folder)

    def _starts_from_bundle(self, folder: Path, model: BayesModel, stored: str) -> None:
        bundle = folder / stored
        with contextlib.redirect_stdout(io.StringIO()):
            export.run(parse(export, "--checkpoint", str(folder / "checkpoint.pt"), "--out", str(bundle), "--weights", stored))
        self.assertEqual(json.loads((bundle / "manifest.json").read_text())["weights"], stored)
        fresh = BayesModel(Architecture())
        new = start_from(fresh, bundle)
        self.assertEqual({part.split(".")[0] for part in new}, {"posterior"})
        for part in ("encoder", "prompt", "head"):
            for key, value in getattr(model, part).state_dict().items():
                torch.testing.assert_close(getattr(fresh, part).state_dict()[key], value, atol=2e-3, rtol=2e-3)

    def test_lets_the_posterior_learn_alone_at_first(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            generate(24, 3, folder / "slices.npz")
            train.run(training(folder, "a", 2, "--posterior-first", "2"))
            alone = load_checkpoint(folder / "a" / "checkpoint.pt")["model"]
            torch.manual_seed(1)
            begun = BayesModel(Architecture()).state_dict()
            self.assertTrue(torch.equal(alone["encoder.stem.0.weight"], begun["encoder.stem.0.weight"]))
            self.assertFalse(torch.equal(alone["posterior.level1.0.weight"], begun["posterior.level1.0.weight"]))

    def test_trains_the_wide_network_and_does_not_resume_it_as_another(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            generate(24, 3, folder / "slices.npz")
            train.run(training(folder, "a", 1, "--network", "wide"))
            model, _ = load_model(folder / "a" / "checkpoint.pt")
            self.assertEqual(model.architecture, ARCHITECTURES["wide"])
            with self.assertRaisesRegex(ValueError, "--network"):
                train.run(training(folder, "a", 2, "--resume"))

    def test_a_part_of_the_data_is_a_positive_number(self) -> None:
        self.assertEqual(train.weighted("a/b.npz=2.5"), (Path("a/b.npz"), 2.5))
        self.assertEqual(train.weighted("a/b.npz"), (Path("a/b.npz"), 1.0))
        for wrong in ("a.npz=0", "a.npz=x"):
            with self.assertRaises(argparse.ArgumentTypeError):
                train.weighted(wrong)

    def test_export_refuses_a_model_whose_latents_change_nothing(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            generate(24, 3, folder / "slices.npz")
            train.run(training(folder, "a", 1))
            content = load_checkpoint(folder / "a" / "checkpoint.pt")
            for key in ("head.style.2.weight", "head.style.0.weight"):
                content["averaged"][key] = torch.zeros_like(content["averaged"][key])
            torch.save(content, folder / "dead.pt")
            with contextlib.redirect_stdout(io.StringIO()), self.assertRaisesRegex(export.ParityError, "latents"):
                export.run(parse(export, "--checkpoint", str(folder / "dead.pt"), "--out", str(folder / "bundle")))


if __name__ == "__main__":
    unittest.main()

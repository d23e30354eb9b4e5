"""Bundles of both engines: graphs, manifest, stored precision, large weights beside the graph, faults told."""

import argparse
import contextlib
import io
import json
import tempfile
import unittest
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
import torch

from spa_models.__main__ import main
from spa_models.known_answer import known_image
from spa_models.published import export as exporting
from spa_models.published.checkpoint import read_checkpoint
from spa_models.published.graphs import EncoderGraph, graphs
from spa_models.published.made_up import sam_checkpoint, spa_checkpoint
from spa_models.published.models import SamModel
from spa_models.published.sizes import Sizes
from spa_models.published.storage import write_graph
from spa_models.published.verify import ParityError, check_parity, session

SMALL = Sizes(48, 32, 2, 4, (1,))
TENSORS = {
    "reference": {
        "encoder": ({"image": [1, 3, 48, 48]}, {"feature": [1, 256, 3, 3]}),
        "prompt": ({"points": [1, "points", 2], "labels": [1, "points"]}, {"sparse": [1, "tokens", 256], "means": [16], "variances": [16]}),
        "weights": ({"responsibilities": [16]}, {"weights": [16]}),
        "head": ({"feature": [1, 256, 3, 3], "sparse": [1, "tokens", 256], "latents": ["samples", 64]}, {"logits": ["samples", 12, 12]}),
    },
    "sam": {
        "encoder": ({"image": [1, 3, 48, 48]}, {"feature": [1, 256, 3, 3]}),
        "head": (
            {"feature": [1, 256, 3, 3], "points": [1, "points", 2], "labels": [1, "points"], "mask": [1, 1, 12, 12], "hasMask": [1]},
            {"logits": [3, 12, 12], "quality": [3]},
        ),
    },
}


class ExportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        torch.set_num_threads(1)
        cls.made = tempfile.TemporaryDirectory()
        cls.checkpoints = {
            "reference": spa_checkpoint(Path(cls.made.name) / "spa.pth", SMALL),
            "sam": sam_checkpoint(Path(cls.made.name) / "sam.pth", SMALL),
        }

    @classmethod
    def tearDownClass(cls) -> None:
        cls.made.cleanup()

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = Path(folder.name) / "bundle"

    def export(self, engine: str, *more: str) -> str:
        """Runs the command; returns what it printed. The manifest is in `self.manifest`."""
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            main(["export", "--checkpoint", str(self.checkpoints[engine]), "--out", str(self.out), *more])
        self.manifest = json.loads((self.out / "manifest.json").read_text(encoding="utf-8"))
        return printed.getvalue()

    def test_both_engines_have_the_tensors_that_the_viewer_expects(self) -> None:
        for engine, wanted in TENSORS.items():
            with self.subTest(engine=engine):
                printed = self.export(engine)
                self.assertEqual(self.manifest["engine"], engine)
                self.assertEqual(list(self.manifest["graphs"]), list(wanted))
                for name, (inputs, outputs) in wanted.items():
                    graph = onnx.load(self.out / f"{name}.onnx").graph
                    self.assertEqual({v.name: _shape(v) for v in graph.input}, inputs)
                    self.assertEqual({v.name: _shape(v) for v in graph.output}, outputs)
                    entry = self.manifest["graphs"][name]
                    content = (self.out / entry["file"]).read_bytes()
                    self.assertEqual((entry["sha256"], entry["bytes"]), (sha256(content).hexdigest(), len(content)))
                    self.assertIn(f"{name}: {len(content):,} bytes (fp32)", printed)

    @torch.no_grad()
    def test_the_manifest_knows_an_answer_by_which_a_graphics_card_is_tried_out(self) -> None:
        for engine in TENSORS:
            with self.subTest(engine=engine):
                self.export(engine)
                check, published = self.manifest["check"], read_checkpoint(self.checkpoints[engine], None)
                model, (x, y) = published.model, (check["point"]["x"], check["point"]["y"])
                self.assertEqual(published.point_order, "yx" if engine == "reference" else "xy")
                points, labels = torch.tensor([[(y, x) if engine == "reference" else (x, y)]], dtype=torch.float32), torch.ones(1, 1)
                feature = model.image_encoder(torch.from_numpy(known_image(3, 48)))
                if isinstance(model, SamModel):
                    logits = model.decode(feature, points, labels, torch.zeros(1, 1, 12, 12), torch.zeros(1))[0][0]
                else:
                    logits = model.decode(feature, model.prompt_encoder.points(points, labels), torch.tensor([check["latent"]]))
                for place in check["logits"]:
                    self.assertAlmostEqual(float(logits[0, place["row"], place["column"]]), place["value"], places=3)
                self.assertGreater(len({place["value"] for place in check["logits"]}), 8)

    def test_the_manifest_says_what_the_bundle_was_made_from(self) -> None:
        self.export("reference", "--name", "ward", "--version", "2.0.0", "--license", "CC-BY-4.0", "--modalities", "CT", "MR")
        self.assertEqual([self.manifest[key] for key in ("name", "version", "license", "modalities")], ["ward", "2.0.0", "CC-BY-4.0", ["CT", "MR"]])
        self.assertEqual(self.manifest["input"], {"size": 48, "channels": 3, "mean": [0.0] * 3, "std": [1.0] * 3, "pointOrder": "yx"})
        self.assertEqual(self.manifest["latent"]["dim"], 64)
        self.assertEqual([len(row) for row in self.manifest["latent"]["prior"]["means"]], [1] * 16)
        digest = sha256(self.checkpoints["reference"].read_bytes()).hexdigest()
        self.assertEqual(self.manifest["source"]["sha256"], digest)
        card = (self.out / "README.md").read_text(encoding="utf-8")
        for word in (digest, "CC-BY-4.0", "CT, MR", "`reference`", "fp32"):
            self.assertIn(word, card)

    def test_medsam_is_not_normalised_and_sam_is(self) -> None:
        self.export("sam")
        self.assertEqual(self.manifest["input"]["mean"], [0.485, 0.456, 0.406])
        self.export("sam", "--scale", "unit")
        self.assertEqual(self.manifest["input"]["mean"], [0.0, 0.0, 0.0])

    def test_smaller_weights_make_smaller_files_and_stay_near(self) -> None:
        sizes = []
        for weights in ("fp32", "fp16", "int8"):
            self.assertIn(f"({weights})", self.export("reference", "--weights", weights))  # refuses beyond its tolerance
            sizes.append(sum(entry["bytes"] for entry in self.manifest["graphs"].values()))
            self.assertEqual(self.manifest["weights"], weights)
        self.assertLess(sizes[1], 0.55 * sizes[0])
        self.assertLess(sizes[2], 0.35 * sizes[0])

    def test_masks_of_nearly_equal_quality_are_no_reason_to_refuse_smaller_weights(self) -> None:
        state = torch.load(self.checkpoints["sam"])
        last = max(name for name in state if name.startswith("mask_decoder.iou_prediction_head.") and name.endswith(".weight"))
        state[last] = state[last][:1].expand_as(state[last]).clone()
        state[last.replace("weight", "bias")] = torch.tensor([0.9, 0.9, 0.9001, 0.9])
        alike = Path(self.made.name) / "alike.pth"
        torch.save(state, alike)
        self.checkpoints = {"sam": alike}
        for weights in ("fp16", "int8"):
            with self.subTest(weights=weights):
                self.assertIn("sam bundle", self.export("sam", "--weights", weights))

    def test_graphs_that_compute_something_else_are_refused(self) -> None:
        self.export("sam")
        other = read_checkpoint(sam_checkpoint(Path(self.made.name) / "other.pth", SMALL, seed=5)).model
        with self.assertRaisesRegex(ParityError, "Logits differ"):
            check_parity(other, self.out, "int8")

    def test_large_weights_lie_in_parts_beside_the_graph(self) -> None:
        self.out.mkdir()
        model = read_checkpoint(self.checkpoints["reference"]).model
        head = next(graph for graph in graphs(model) if graph.name == "head")
        entry = write_graph(head, self.out, "fp32", one_file=1000, part=4_000_000)
        self.assertGreater(len(entry["data"]), 2)
        self.assertLess(entry["bytes"], 500_000)
        for part in entry["data"]:
            content = (self.out / part["file"]).read_bytes()
            self.assertLessEqual(len(content), 4_000_000)
            self.assertEqual((part["sha256"], part["bytes"]), (sha256(content).hexdigest(), len(content)))
        inputs = {name: value.numpy() + 0.1 for name, value in head.inputs.items()}
        with torch.no_grad():
            expected = head.module(*(torch.from_numpy(value) for value in inputs.values())).numpy()
        np.testing.assert_allclose(session(self.out / "head.onnx")(inputs)["logits"], expected, atol=1e-3)

    def test_a_graph_that_no_browser_holds_is_told_with_the_remedy(self) -> None:
        usual = exporting.BROWSER_MEMORY
        exporting.BROWSER_MEMORY = 20_000_000
        self.addCleanup(setattr, exporting, "BROWSER_MEMORY", usual)
        self.assertRegex(self.export("sam"), "warning: head is too large for a browser.*--weights int8")

    def test_all_samples_in_one_batch_are_the_same_as_one_by_one(self) -> None:
        self.export("reference")
        run = session(self.out / "head.onnx")
        random = np.random.default_rng(0)
        feature, sparse = random.standard_normal((1, 256, 3, 3), np.float32), random.standard_normal((1, 2, 256), np.float32)
        latents = random.standard_normal((48, 64), np.float32)
        together = run({"feature": feature, "sparse": sparse, "latents": latents})["logits"]
        alone = [run({"feature": feature, "sparse": sparse, "latents": row[None]})["logits"][0] for row in latents[::12]]
        np.testing.assert_allclose(together[::12], alone, atol=1e-4)

    @torch.no_grad()
    def test_heads_one_by_one_give_the_same_feature(self) -> None:
        model = SamModel(Sizes(32 * 16, 24, 1, 3, (0,)))
        image = torch.rand(1, 3, 512, 512)
        for attention in (model.image_encoder.blocks[0].attn,):
            attention.rel_pos_h.normal_()
            attention.rel_pos_w.normal_()
        together = model.image_encoder(image)
        exported = EncoderGraph(model)
        self.assertTrue(model.image_encoder.blocks[0].attn.head_by_head)
        torch.testing.assert_close(exported(image), together, atol=1e-4, rtol=1e-4)

    def test_the_command_tells_a_fault_in_words_and_fails(self) -> None:
        broken = Path(self.made.name) / "broken.pth"
        torch.save({"state_dict": {"classifier.weight": torch.zeros(2)}}, broken)
        with self.assertRaisesRegex(SystemExit, "^error: Neither an SPA nor a SAM checkpoint: tensor `image_encoder"):
            exporting.run(
                argparse.Namespace(checkpoint=broken, out=self.out, image_size=None, weights="fp32", scale="auto", name=None, version="1", license="", modalities=[])
            )
        self.assertFalse(self.out.exists())


def _shape(value: onnx.ValueInfoProto) -> list:
    return [dimension.dim_param or dimension.dim_value for dimension in value.type.tensor_type.shape.dim]


if __name__ == "__main__":
    unittest.main()

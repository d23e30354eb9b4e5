import argparse
import contextlib
import io
import json
import re
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from spa_models.baselines import table
from spa_models.baselines import train as train_baseline
from spa_models.baselines.networks import KINDS, Shape, build
from spa_models.bayes.checkpoint import save_checkpoint
from spa_models.bayes.networks import Architecture, BayesModel
from spa_models.data.annotated import AnnotatedImage
from spa_models.data.squares import Square
from spa_models.evaluation.cases import open_case
from spa_models.evaluation.clustering import cluster
from spa_models.evaluation.simulated_user import play
from spa_models.published import validate
from spa_models.published.made_up import sam_checkpoint, spa_checkpoint
from spa_models.published.sizes import Sizes
from spa_models.report.case_picture import case_picture
from spa_models.report.contours import panel, view_of
from spa_models.report.curve import curve
from spa_models.report.training_log import training_lines
from spa_models.synthetic.folder import write_folder
from tests.test_evaluation import Scripted, box

SMALL = Sizes(32, 32, 1, 2, (0,))


def parse(module, *values: str) -> argparse.Namespace:  # noqa: ANN001
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    return parser.parse_args(values)


class SquareTest(unittest.TestCase):
    def test_pads_at_the_right_and_the_bottom_and_comes_back_to_the_pixel_it_came_from(self) -> None:
        pixels = np.zeros((20, 30), np.uint8)
        pixels[12:16, 3:8] = 255
        square = Square(20, 30, 60)
        self.assertEqual(square.image(pixels)[:, 40:].abs().sum(), 0)
        np.testing.assert_array_equal(square.to_image(square.image(pixels)[:1])[0] > 0.5, pixels > 0)

    def test_a_click_lands_on_the_same_place_of_the_model_image(self) -> None:
        pixels = np.zeros((20, 30), np.uint8)
        pixels[12, 7] = 255
        square = Square(20, 30, 90)
        x, y = square.to_model(7, 12)
        peak = divmod(int(square.image(pixels)[0].argmax()), 90)
        self.assertLess(max(abs(peak[0] - y), abs(peak[1] - x)), 1.01)


class ClusteringTest(unittest.TestCase):
    def test_finds_groups_of_equal_masks_and_makes_none_of_nothing(self) -> None:
        maps = torch.zeros(9, 8, 8)
        maps[:5, 2:5] = 1
        maps[5:8, 4:8, 3:] = 1
        groups = [group.tolist() for group in cluster(maps, 3)]
        self.assertEqual(groups, [[0, 1, 2, 3, 4], [5, 6, 7], [8]])
        self.assertEqual(len(cluster(torch.zeros(6, 8, 8), 4)), 1)


class PictureTest(unittest.TestCase):
    def test_the_part_shown_is_a_square_inside_the_image_around_all_masks(self) -> None:
        view = view_of([box(0, 4), box(3, 6)], 96)
        self.assertEqual((view.top, view.side), (0, 24))
        self.assertEqual(view_of([np.zeros((20, 30), bool)], 96).side, 30)

    def test_outlines_lie_on_the_border_of_the_mask(self) -> None:
        mask = box(4, 12)
        picture = np.asarray(panel(np.zeros((24, 24), np.uint8), view_of([mask], 240), [(mask, (255, 0, 0))]))
        red = picture[..., 0] == 255
        self.assertTrue(red.any() and not red[55:65, 60:180].any() and red[41, 100])

    def test_shows_a_row_for_each_round(self) -> None:
        image = AnnotatedImage("a", "p", np.zeros((24, 24), np.uint8), box(4, 16)[None], ("r",))
        course = play(Scripted(), open_case([image], 0, 5, "reader"), "spa")
        one = case_picture(type(course)(course.case, course.first, course.rounds[:1]), "spa")
        two = case_picture(course, "spa")
        self.assertEqual((one.width, len(course.rounds)), (two.width, 2))
        self.assertGreater(two.height, one.height + 150)


class CurveTest(unittest.TestCase):
    def test_draws_a_line_of_each_name_inside_its_frame(self) -> None:
        drawn = curve({"spa": [(1, 0.5), (2, 0.9)], "clicks": [(1, 0.5), (2, 0.9)]}, "round", whole_numbers=True)
        lines = re.findall(r'points="([^"]+)"', drawn)
        self.assertEqual(len(lines), 2)
        (x1, y1), (x2, y2) = ([float(value) for value in point.split(",")] for point in lines[0].split())
        self.assertTrue(0 < x1 < x2 < 620 and 240 > y1 > y2 > 0)
        heights = re.findall(r'y="([\d.]+)" style', drawn)
        self.assertGreaterEqual(abs(float(heights[0]) - float(heights[1])), 14)

    def test_a_line_that_hardly_moves_is_drawn_as_one_and_labels_stay_inside(self) -> None:
        flat = {name: [(1, 0.728), (2, 0.726)] for name in ("one", "two", "three")}
        drawn = curve(flat, "round")
        ticks = re.findall(r'<text x="4"[^>]*>([\d.]+)<', drawn)
        self.assertEqual(len(set(ticks)), len(ticks))
        self.assertTrue(all(0 < float(height) < 240 for height in re.findall(r'y="([\d.]+)" style', drawn)))

    def test_finds_loss_and_validation_in_the_log_of_a_training(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            entries = [{"step": 20, "minutes": 0.5, "loss": 2.0}, {"step": 20, "minutes": 0.6, "validation": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]}]
            (Path(folder) / "train.jsonl").write_text("\n".join(map(json.dumps, entries)))
            loss, dice = training_lines(Path(folder) / "checkpoint.pth")
        self.assertEqual(loss, {"loss": [(0.5, 2.0)]})
        self.assertEqual(dice, {"Dice@1": [(0.6, 0.1)], "Dice@3": [(0.6, 0.3)], "Dice@6": [(0.6, 0.6)]})


class ValidateTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name)
        write_folder(6, 3, cls.root / "data")
        torch.set_num_threads(1)
        torch.manual_seed(1)

    def report(self, checkpoint: Path, *more: str) -> dict:
        data = ("--dataset", "folder", "--data", str(self.root / "data"), "--part", "all", "--cases", "2", "--rounds", "3")
        options = parse(validate, "--checkpoint", str(checkpoint), *data, "--json", *more)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            validate.run(options)
        return json.loads(printed.getvalue())

    def test_measures_spa_and_leaves_a_page_whose_pictures_are_there(self) -> None:
        checkpoint = spa_checkpoint(self.root / "spa.pth", SMALL)
        report = self.report(checkpoint, "--samples", "6", "--pictures", str(self.root / "report"))
        self.assertEqual((report["cases"], report["target"], list(report["methods"])), (2, "reader", ["spa", "clicks", "mean"]))
        for figures in report["methods"].values():
            self.assertEqual([len(figures[name]) for name in ("dice", "iou", "best", "distinct")], [3] * 4)
            self.assertEqual(list(figures["noi"]), ["75", "80", "85", "90"])
        page = (self.root / "report" / "index.html").read_text()
        pictures = re.findall(r'src="([^"]+)"', page)
        self.assertEqual(len(pictures), 2)
        for picture in pictures:
            Image.open(self.root / "report" / picture).verify()
        self.assertNotIn("http", page)
        self.assertEqual(report, self.report(checkpoint, "--samples", "6"))

    def test_measures_plain_sam(self) -> None:
        report = self.report(sam_checkpoint(self.root / "sam.pth", SMALL), "--methods", "clicks")
        self.assertEqual(list(report["methods"]), ["clicks"])

    def test_measures_the_projects_own_engine(self) -> None:
        model = BayesModel(Architecture())
        save_checkpoint(self.root / "bayes.pt", model, model.state_dict(), {"step": 0})
        report = self.report(self.root / "bayes.pt", "--cases", "1", "--methods", "spa")
        self.assertEqual(report["bundle"]["name"].split()[0], "bayes")

    def test_trains_and_measures_the_baselines_and_sets_them_into_one_table(self) -> None:
        runs = []
        for kind in ("unet", "probabilistic-unet"):
            out = self.root / kind
            data = ("--dataset", "folder", "--data", str(self.root / "data"), "--image-size", "32", "--batch", "2")
            for more in (("--steps", "2"), ("--steps", "3", "--resume")):
                with contextlib.redirect_stderr(io.StringIO()):
                    train_baseline.run(parse(train_baseline, "--kind", kind, *data, "--out", str(out), *more))
            result = self.root / f"{kind}.json"
            result.write_text(json.dumps(self.report(out / "checkpoint.pt")))
            runs.append(f"{kind}={result}")
        lines = table.markdown([runs[0], runs[1].replace("unet=", "unet:spa=")]).splitlines()
        self.assertEqual([line.split("|")[1].strip() for line in lines[:4]], ["", "---", "unet", "probabilistic-unet"])
        self.assertRegex(lines[2], r"\| \d\.\d{3} \(\d\.\d\d\.\.\d\.\d\d\) \|")
        other = self.root / "other.json"
        other.write_text(json.dumps({**json.loads((self.root / "unet.json").read_text()), "seed": 9}))
        with self.assertRaisesRegex(table.TableError, "'seed': 9"):
            table.markdown([runs[0], f"other={other}"])

    def test_the_baselines_begin_with_background(self) -> None:
        for kind in KINDS:
            with torch.no_grad():
                samples = build(Shape(kind, 32)).samples(torch.rand(1, 3, 32, 32), 3, torch.Generator().manual_seed(1))
            self.assertLess(float(samples.max()), 0)

    def test_says_what_is_wrong_with_a_file_that_is_no_checkpoint(self) -> None:
        torch.save({"weights": torch.zeros(3)}, self.root / "other.pth")
        with self.assertRaisesRegex(SystemExit, "Neither an SPA nor a SAM checkpoint"):
            self.report(self.root / "other.pth")


if __name__ == "__main__":
    unittest.main()

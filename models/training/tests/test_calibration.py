import argparse
import json
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from spa_models.bayes.calibration import add_arguments, draw_diagram, expected_calibration_error, reliability, run


def calibration(*options: str) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    run(parser.parse_args(options))


class CalibrationTest(unittest.TestCase):
    def test_is_perfect_where_readers_agree_as_often_as_the_probability_says(self) -> None:
        random = np.random.default_rng(1)
        predicted = random.random(200_000)
        agreed = (random.random((4, len(predicted))) < predicted).mean(0)
        self.assertLess(expected_calibration_error(predicted, agreed), 0.005)

    def test_tells_by_how_much_a_model_is_too_sure(self) -> None:
        predicted = np.full(1000, 0.95)
        self.assertAlmostEqual(expected_calibration_error(predicted, np.full(1000, 0.7)), 0.25, places=6)
        self.assertEqual(reliability(predicted, np.full(1000, 0.7)), [{"probability": 0.95, "agreement": 0.7, "pixels": 1000}])

    def test_says_nothing_of_no_pixels(self) -> None:
        self.assertEqual(expected_calibration_error(np.array([]), np.array([])), 0.0)

    def test_draws_a_diagram(self) -> None:
        image = draw_diagram([{"probability": 0.1, "agreement": 0.2, "pixels": 1}, {"probability": 0.9, "agreement": 0.8, "pixels": 1}])
        self.assertLess(np.asarray(image.convert("L")).min(), 120)

    def test_draws_what_an_evaluation_of_a_bundle_has_measured(self) -> None:
        with TemporaryDirectory() as folder:
            report, picture = Path(folder) / "report.json", Path(folder) / "picture.png"
            report.write_text(json.dumps({"calibration": {"bins": [{"probability": 0.5, "agreement": 0.4, "pixels": 1}]}}))
            calibration("--report", f"{report}", "--picture", f"{picture}")
            self.assertEqual(Image.open(picture).size, (532, 532))

    def test_says_how_a_report_is_made_where_a_file_holds_none(self) -> None:
        with TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            report.write_text("{}")
            with self.assertRaisesRegex(ValueError, "evaluate -- --calibration"):
                calibration("--report", f"{report}", "--picture", f"{report}.png")

    def test_says_what_is_missing(self) -> None:
        with self.assertRaisesRegex(ValueError, "--picture"):
            calibration("--report", "report.json")
        with self.assertRaisesRegex(ValueError, "--checkpoint and --data"):
            calibration("--picture", "picture.png")


if __name__ == "__main__":
    unittest.main()

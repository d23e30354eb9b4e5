import json
import tempfile
import unittest
from pathlib import Path

import numpy as np

from spa_models.baselines.curve import stages
from spa_models.baselines.table import TableError
from spa_models.report.curve_picture import HEIGHT, LEFT, RIGHT, TOP, WIDTH, curve_picture


class CurveTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def log(self, name: str, *entries: dict) -> Path:
        (self.root / name).mkdir()
        (self.root / name / "train.jsonl").write_text("\n".join(map(json.dumps, entries)))
        return self.root / name

    def test_a_later_stage_goes_on_where_the_earlier_ended(self) -> None:
        first = self.log("first", {"step": 5, "minutes": 2.0, "validation": [0.1] * 6}, {"step": 9, "minutes": 3.0, "loss": 1})
        second = self.log("second", {"step": 5, "minutes": 1.0, "validation": [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]})
        lines, marks = stages([first, second])
        self.assertEqual(lines["after round 6"], [(2.0, 0.1), (4.0, 0.7)])
        self.assertEqual(lines["after round 3"], [(2.0, 0.1), (4.0, 0.4)])
        self.assertEqual(marks, [(3.0, "second")])

    def test_says_what_to_do_when_a_training_was_not_watched(self) -> None:
        with self.assertRaisesRegex(TableError, "--validate-every"):
            stages([self.log("blind", {"step": 5, "minutes": 2.0, "loss": 1})])
        with self.assertRaisesRegex(TableError, "--out"):
            stages([self.root / "nowhere"])

    def test_a_higher_value_is_drawn_higher(self) -> None:
        def height(value: float) -> float:
            pixels = np.asarray(curve_picture({"Dice": [(0, value), (10, value)]}, "minutes", "Dice"))
            self.assertEqual(pixels.shape, (HEIGHT, WIDTH, 3))
            inner = pixels[:, LEFT + 10 : WIDTH - RIGHT - 10].astype(int)
            return float(np.nonzero((np.ptp(inner, axis=2) > 60).all(1))[0].mean())

        self.assertLess(height(0.9), height(0.4))
        self.assertGreater(height(0.9), TOP)


if __name__ == "__main__":
    unittest.main()

import contextlib
import io
import unittest
from unittest import mock

from spa_models.budget import Budget, ProgressLine


class BudgetTest(unittest.TestCase):
    def test_the_rate_rises_and_then_falls_to_a_hundredth(self) -> None:
        rates = [Budget(1000, None, done=step).rate(1.0) for step in (0, 99, 500, 1000)]
        self.assertAlmostEqual(rates[0], 0.01)
        self.assertTrue(rates[1] > 0.95 and 0.4 < rates[2] < 0.6)
        self.assertAlmostEqual(rates[3], 0.01)

    def test_a_resumed_training_counts_only_its_own_time_when_it_says_what_is_left(self) -> None:
        printed = io.StringIO()
        with mock.patch("time.monotonic") as clock, contextlib.redirect_stderr(printed):
            clock.return_value = 1000.0
            line = ProgressLine("train")
            line.show(0.5, "")
            clock.return_value = 1060.0
            line.show(0.75, "")
        self.assertIn("1.0 min left", printed.getvalue().splitlines()[-1])


if __name__ == "__main__":
    unittest.main()

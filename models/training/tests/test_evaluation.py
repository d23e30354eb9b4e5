import unittest
from dataclasses import replace

import numpy as np

from spa_models.data.annotated import AnnotatedImage
from spa_models.data.dataset_error import DatasetError
from spa_models.evaluation.cases import choose_cases, draw_target, open_case
from spa_models.evaluation.proposing import Point, Proposal
from spa_models.evaluation.scores import readable, score
from spa_models.evaluation.seeded_random import SeededRandom, derive_seed
from spa_models.evaluation.simulated_user import play


def box(top: int, bottom: int, size: int = 24) -> np.ndarray:
    mask = np.zeros((size, size), bool)
    mask[top:bottom, 4:20] = True
    return mask


def annotated(*masks: np.ndarray) -> AnnotatedImage:
    readers = tuple(f"r{n}" for n in range(len(masks)))
    return AnnotatedImage("image", "patient", np.zeros((24, 24), np.uint8), np.stack(masks), readers)


class SeededRandomTest(unittest.TestCase):
    def test_draws_what_the_engine_in_the_browser_draws(self) -> None:
        # Printed by extension/src/core/random.ts: seededRandom(1), seededRandom(7, 1) and deriveSeed(1, 41).
        one, two = SeededRandom(1), SeededRandom(7, 1)
        self.assertEqual([one.below(1000) for _ in range(4)], [449, 466, 671, 979])
        self.assertEqual([two.below(1000) for _ in range(4)], [374, 596, 683, 298])
        self.assertEqual(derive_seed(1, 41), 1267409349)


class CasesTest(unittest.TestCase):
    def test_a_reader_target_is_one_of_the_masks_that_are_large_enough(self) -> None:
        tiny = np.zeros((24, 24), bool)
        tiny[0, :3] = True
        image = annotated(tiny, box(4, 12), box(4, 16))
        found = {int(draw_target(image, "reader", seed).sum()) for seed in range(20)}
        self.assertEqual(found, {128, 192})
        self.assertIsNone(draw_target(annotated(tiny), "reader", 1))

    def test_an_agreeing_target_is_the_majority_of_those_who_say_the_same_at_a_pixel(self) -> None:
        image = annotated(box(4, 12), box(4, 12), box(4, 12), box(4, 16))
        found = {int(draw_target(image, "agreeing", seed).sum()) for seed in range(20)}
        self.assertEqual(found, {128, 192})

    def test_a_part_of_the_cases_is_a_part_of_all(self) -> None:
        images = [annotated(box(2, 4 + n)) for n in range(12)]
        every = choose_cases(images, "reader", 3, None)
        some = choose_cases(images, "reader", 3, 5)
        self.assertEqual((len(every), len(some)), (12, 5))
        self.assertTrue(set(some) <= set(every) and some == sorted(some))

    def test_says_when_nothing_can_be_a_target(self) -> None:
        with self.assertRaisesRegex(DatasetError, "12 pixels"):
            choose_cases([annotated(np.zeros((24, 24), bool))], "reader", 1, None)


class Scripted:
    """Recommends too little at first and whatever was chosen afterwards; a click adds nothing."""

    name, methods = "scripted", ("spa", "clicks", "mean")

    def __init__(self) -> None:
        self.recommended = box(4, 8)
        self.candidates = np.stack([box(4, 6), box(4, 15)])
        self.said: list[object] = []

    def begin(self, pixels: np.ndarray, first: Point, seed: int) -> "Scripted":
        self.first = first
        return self

    def propose(self) -> Proposal:
        return Proposal(self.recommended, self.candidates)

    def choose(self, candidate: int) -> None:
        self.said.append(candidate)
        self.recommended = self.candidates[candidate]

    def click(self, point: Point) -> None:
        self.said.append(point)


class SimulatedUserTest(unittest.TestCase):
    def test_takes_the_candidate_that_beats_the_recommended_mask_and_approves_what_is_good(self) -> None:
        case = open_case([annotated(box(4, 16))], 0, 5, "reader")
        model = Scripted()
        course = play(model, case, "spa")
        self.assertEqual(model.said, [1])
        self.assertEqual(len(course.rounds), 2)
        self.assertAlmostEqual(course.rounds[0].dice, 2 * 64 / (64 + 192))
        self.assertEqual(course.values("dice", 4)[1:], [course.rounds[1].dice] * 3)

    def test_clicks_the_error_when_candidates_are_ignored(self) -> None:
        case = open_case([annotated(box(4, 16))], 0, 5, "reader")
        model = Scripted()
        course = play(model, case, "clicks", rounds=3)
        self.assertEqual(len(model.said), 2)
        self.assertTrue(all(point.positive and 8 <= point.y < 16 for point in model.said))
        self.assertEqual(course.rounds[-1].clicked, None)

    def test_begins_deepest_where_most_readers_agree(self) -> None:
        model = Scripted()
        case = open_case([annotated(box(4, 16), box(4, 12))], 0, 5, "reader")
        play(model, case, "mean")
        self.assertTrue(7 <= model.first.y <= 8 and model.first.positive)

    def test_a_case_that_never_gets_there_counts_ten_rounds(self) -> None:
        case = open_case([annotated(box(4, 16))], 0, 5, "reader")
        figures = score([play(Scripted(), case, method) for method in ("spa", "clicks")])
        self.assertEqual(figures["noi"]["90"], (2 + 10) / 2)
        self.assertEqual(len(figures["dice"]), 6)
        self.assertIn("Dice@6", readable({"spa": figures}))

    def test_intervals_are_over_patients_and_know_no_chance_where_there_is_but_one(self) -> None:
        courses = [play(Scripted(), open_case([annotated(box(4, bottom))], 0, 5, "reader"), "mean") for bottom in (8, 16)]
        alone = score(courses)
        self.assertEqual(alone["diceInterval"], [{"low": value, "high": value} for value in alone["dice"]])
        courses[1] = replace(courses[1], case=replace(courses[1].case, image=replace(courses[1].case.image, patient="another")))
        first = score(courses)["diceInterval"][0]
        self.assertEqual((first["low"], first["high"]), (0.5, 1.0))


if __name__ == "__main__":
    unittest.main()

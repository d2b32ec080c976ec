import re

import pytest

from lessons.heartbeat import BEAT, STEP, heartbeat


def test_nothing_is_finished_yet():
    line = heartbeat(3)
    assert (line.width, line.height) == (300, 62)
    assert (line.done, line.rest, line.here) == ("", "M0 34h100h100h100", "")
    assert line.label == "3 lessons"


def test_beats_for_what_is_finished_and_a_flat_line_for_the_rest():
    line = heartbeat(5, done={1, 2, 4}, here=3)
    assert line.done == f"M0 34{BEAT}{BEAT}M300 34{BEAT}"
    assert line.rest == "M200 34h100M400 34h100"
    assert line.here == "M250 34h0"
    assert line.label == "Lesson 3 of 5; 3 finished"


@pytest.mark.parametrize(
    ("arguments", "label"),
    [
        ((1,), "1 lesson"),
        ((16, (), 6), "Lesson 6 of 16"),
        ((16, range(1, 17)), "16 lessons; 16 finished"),
        ((0,), "0 lessons"),
    ],
)
def test_the_line_in_words(arguments, label):
    assert heartbeat(*arguments).label == label


def test_numbers_that_are_no_lesson_count_for_nothing():
    assert heartbeat(2, done={0, 2, 7}) == heartbeat(2, done=[2])


def test_a_beat_ends_where_the_next_one_begins():
    x = y = 0
    for command, numbers in re.findall(r"([hl])([-\d ]+)", BEAT):
        steps = [int(number) for number in re.findall(r"-?\d+", numbers)]
        pairs = (
            [(steps[0], 0)] if command == "h" else list(zip(steps[::2], steps[1::2], strict=True))
        )
        x += sum(pair[0] for pair in pairs)
        y += sum(pair[1] for pair in pairs)
    assert (x, y) == (STEP, 0)

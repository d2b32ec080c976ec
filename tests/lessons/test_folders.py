import pytest

from lessons.loading import load

YAML = "trust/course.yaml"


def change(content, old, new):
    path = content.root / YAML
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_a_sound_course_has_no_faults(content):
    content.lesson("02-second/02-second.md", "second")
    assert content.faults() == []


def test_a_number_twice_in_a_part(content):
    content.lesson("01-first/01-other.md", "other")
    assert content.faults() == [
        "trust/01-first/01-other.md:1: The number 01 is used twice in this part. "
        "01-first.md has it already: number one of the two anew."
    ]
    assert content.slugs() == ["first"]


def test_a_number_twice_in_two_parts_is_fine(content):
    content.lesson("02-second/01-second.md", "second")
    assert content.faults() == []


def test_a_slug_twice_in_a_course(content):
    content.lesson("02-second/02-first.md", "second")
    assert content.faults() == [
        'trust/02-second/02-first.md:1: The slug "first" is used twice in this course. '
        "trust/01-first/01-first.md has it already: rename one of the two."
    ]
    assert content.slugs() == ["first"]


@pytest.mark.parametrize(
    "name", ["1-x.md", "x.md", "01_x.md", "01-X.md", "01-x.markdown", "02-é.md"]
)
def test_a_name_that_is_not_number_and_slug(content, name):
    content.lesson(f"02-second/{name}", "second")
    assert content.faults() == [
        f"trust/02-second/{name}:1: The name of this file is not <nn>-<slug>.md. "
        "Two digits, a hyphen, small letters and hyphens: 06-promises.md."
    ]


@pytest.mark.parametrize("name", ["README.md", "notes.txt", ".01-x.md", "01-x.md~", "picture.png"])
def test_other_files_are_left_alone(content, name):
    content.write(f"trust/02-second/{name}", "anything")
    assert content.faults() == []


def test_a_folder_that_is_not_listed(content):
    content.lesson("03-third/01-x.md", "x")
    assert content.faults() == [
        'trust/03-third/01-x.md:1: The folder "03-third" is not listed, so nobody sees this '
        "lesson. List it under parts in trust/course.yaml, or move the lesson."
    ]


def test_a_lesson_outside_the_parts(content):
    content.lesson("01-x.md", "x")
    assert content.faults() == [
        "trust/01-x.md:1: This lesson lies outside the parts. Move it into the folder of its part."
    ]


def test_a_folder_in_a_part(content):
    content.lesson("02-second/more/01-x.md", "x")
    assert content.faults() == [
        "trust/02-second/more:1: A part has no folders in it. Move its lessons up into 02-second/."
    ]


def test_a_part_without_a_folder(content):
    (content.root / "trust/02-second").rmdir()
    assert content.faults() == [
        f'{YAML}:8: The folder "02-second" does not exist. '
        "Create trust/02-second/, or take the part out."
    ]
    assert content.slugs() == []


def test_two_parts_of_one_name(content):
    change(content, "02-second", "02-first")
    (content.root / "trust/02-second").rename(content.root / "trust/02-first")
    assert content.faults() == [
        f'{YAML}:8: Two parts are called "first". '
        "Line 5 has it already: give this part another name."
    ]


def test_a_folder_name_without_a_number(content):
    change(content, "02-second", "second")
    assert content.faults() == [
        f'{YAML}:8: "folder" cannot be the text "second". '
        "Write a number of two digits, a hyphen and a name, such as 01-building."
    ]


@pytest.mark.parametrize("taken", ["save", "place", "answers", "token", "search", "pulse"])
def test_a_course_id_that_the_workbook_needs_itself(content, taken):
    change(content, "id: trust", f"id: {taken}")
    assert content.faults() == [
        f'{YAML}:1: A course cannot have the id "{taken}". '
        "Choose another; these are taken: answers, place, pulse, save, search, token."
    ]
    assert content.slugs() == []


def test_unknown_and_missing_keys_of_a_course(content):
    change(content, "title: Second", "titel: Second")
    assert content.faults() == [
        f'{YAML}:8: "title" is missing. Add a line "title: …". The name of the part.',
        f'{YAML}:9: Unknown key "titel". Did you mean "title"? Known here: folder, title, summary.',
    ]


def test_the_lessons_of_a_broken_course_are_checked_all_the_same(content):
    change(content, "title: Trust", "title: true")
    content.lesson("02-second/02-second.md", "second", ("minutes: 8", "minutes: 0"))
    assert [fault.partition(": ")[0] for fault in content.faults()] == [
        "trust/02-second/02-second.md:5",
        f"{YAML}:2",
    ]


def test_lessons_without_a_course_yaml(content):
    (content.root / YAML).unlink()
    assert content.faults() == [
        f"{YAML}:1: This folder holds lessons but no course.yaml. "
        "Write one, with id, title, summary and parts."
    ]


def test_a_folder_of_other_texts_is_left_alone(content):
    content.write("legal/privacy.md", "# Privacy")
    content.write("README.md", "# For authors")
    assert content.faults() == []


def test_no_course_at_all(tmp_path):
    assert [str(fault) for fault in load([tmp_path])[1]] == [
        f"{tmp_path}:1: There is no course in this folder. "
        "A course is a folder with a course.yaml in it."
    ]


def test_no_content_folder(tmp_path):
    missing = tmp_path / "nowhere"
    assert [str(fault) for fault in load([missing])[1]] == [
        f"{missing}:1: The content folder does not exist. "
        "Create it, or let TRUSTBOOK_CONTENT_DIR name another."
    ]


def test_a_course_id_twice(content):
    content.write("zeal/course.yaml", (content.root / YAML).read_text())
    (content.root / "zeal/01-first").mkdir()
    (content.root / "zeal/02-second").mkdir()
    assert content.faults() == [
        'zeal/course.yaml:1: The course id "trust" is used twice. '
        "trust/course.yaml has it already: give this course another."
    ]
    assert content.slugs() == ["first"]


def test_a_lesson_id_twice_in_two_courses(content):
    second = (content.root / YAML).read_text().replace("id: trust", "id: zeal")
    content.write("zeal/course.yaml", second)
    (content.root / "zeal/02-second").mkdir()
    content.write(
        "zeal/01-first/01-other.md", (content.root / "trust/01-first/01-first.md").read_text()
    )
    assert content.faults() == [
        'zeal/01-first/01-other.md:2: The lesson id "first" is used twice. '
        "trust/01-first/01-first.md:2 has it already; ids are unique across all courses."
    ]

from lessons.loading import load


def sound(content):
    """Three lessons, the second a draft."""
    content.lesson("01-first/03-draft.md", "a-draft", ("minutes: 8", "minutes: 8\ndraft: true"))
    content.lesson("02-second/01-last.md", "last")
    return content


def test_lessons_stand_in_the_order_of_parts_and_numbers(content):
    content.lesson("02-second/01-c.md", "a")
    content.lesson("01-first/10-b.md", "b")
    content.lesson("01-first/09-a.md", "c")
    course = content.load().course("trust")
    assert [
        (lesson.number, lesson.total, lesson.part_number, lesson.previous, lesson.slug, lesson.next)
        for lesson in course.lessons
    ] == [
        (1, 4, 1, None, "first", "a"),
        (2, 4, 1, "first", "a", "b"),
        (3, 4, 1, "a", "b", "c"),
        (4, 4, 2, "b", "c", None),
    ]
    assert [(part.number, part.id, part.title, len(part.lessons)) for part in course.parts] == [
        (1, "first", "First", 3),
        (2, "second", "Second", 1),
    ]


def test_a_lesson_is_found_by_its_address_and_by_its_id(content):
    catalogue = content.load()
    lesson = catalogue.lesson("trust", "first")
    assert catalogue.lesson_by_id("first") is lesson
    assert catalogue.courses[0].lessons == (lesson,)
    assert catalogue.course("other") is None
    assert catalogue.lesson("trust", "other") is None
    assert catalogue.lesson("other", "first") is None
    assert catalogue.lesson_by_id("other") is None


def test_what_a_lesson_holds(content):
    lesson = content.load().lesson_by_id("first")
    assert (lesson.title, lesson.summary, lesson.minutes) == ("A lesson", "One sentence.", 8)
    assert (lesson.course_id, lesson.course_title, lesson.part_title) == ("trust", "Trust", "First")
    assert lesson.html == '<p id="b1">The text.</p>'
    assert lesson.exercise.intro_html == "<p>Take <em>ten</em> minutes.</p>"
    assert [prompt.id for prompt in lesson.exercise.prompts] == ["one"]
    assert lesson.exercise.prompt("one") is lesson.exercise.prompts[0]
    assert lesson.exercise.prompt("two") is None


def test_drafts_are_shown_only_where_they_are_wanted(content):
    sound(content)
    assert content.slugs() == ["first", "last"]
    assert content.slugs(drafts=True) == ["first", "draft", "last"]
    assert content.load().lesson_by_id("a-draft") is None
    hidden, shown = content.load(), content.load(drafts=True)
    assert [hidden.lesson_by_id("last").number, shown.lesson_by_id("last").number] == [2, 3]


def test_a_draft_is_checked_too(content):
    sound(content)
    content.lesson("01-first/03-draft.md", "d", ("minutes: 8", "minutes: 0\ndraft: true"))
    assert len(content.faults()) == 1


def test_a_lesson_with_a_fault_is_left_out_and_the_others_close_up(content):
    sound(content)
    content.lesson("01-first/02-broken.md", "broken", ("minutes: 8", "minutes: 0"))
    assert content.slugs() == ["first", "last"]
    assert content.load().lesson_by_id("first").next == "last"


def test_a_course_without_lessons_is_left_out(content):
    (content.root / "trust/01-first/01-first.md").unlink()
    assert content.faults() == []
    assert content.load().courses == ()


def test_several_content_folders(content, tmp_path):
    other = type(content)(tmp_path / "other")
    other.write(
        "trust/course.yaml",
        (content.root / "trust/course.yaml").read_text().replace("id: trust", "id: esteem"),
    )
    (other.root / "trust/01-first/01-first.md").rename(other.root / "trust/01-first/01-x.md")
    other.lesson("01-first/01-x.md", "other")
    catalogue, faults = load([content.root, other.root])
    assert faults == []
    assert [course.id for course in catalogue.courses] == ["trust", "esteem"]


def test_the_digest_changes_with_what_is_shown_and_only_then(content):
    digest = content.load().digest
    assert content.load().digest == digest
    content.write("trust/01-first/README.md", "Notes")
    assert content.load().digest == digest
    content.lesson("01-first/01-first.md", "first", ("The text.", "Another text."))
    assert content.load().digest != digest
    content.lesson("01-first/01-first.md", "first")
    assert content.load().digest == digest
    path = content.root / "trust/01-first/01-first.md"
    path.rename(path.with_name("01-moved.md"))
    assert content.load().digest != digest


def test_courses_stand_by_their_order_then_by_folder(tmp_path):
    for folder, order in (("a", ""), ("b", "order: 2\n"), ("c", "order: 1\n")):
        part = tmp_path / folder / "01-part"
        part.mkdir(parents=True)
        (tmp_path / folder / "course.yaml").write_text(
            f"id: {folder}\ntitle: T\nsummary: S.\n{order}parts:\n"
            "  - folder: 01-part\n    title: P\n    summary: S.\n"
        )
        (part / "01-only.md").write_text(
            f"---\nid: {folder}-only\ntitle: T\nsummary: S.\nminutes: 7\nexercise:\n"
            "  prompts:\n    - {id: one, kind: text, ask: One}\n---\nText.\n"
        )
    assert [course.id for course in load([tmp_path])[0].courses] == ["c", "b", "a"]

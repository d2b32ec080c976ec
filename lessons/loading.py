"""All content folders at once: read, compared with each other, put together as a catalogue."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from lessons.course import Catalogue, Course, Lesson, Part, SuppliedPathway
from lessons.faults import Code, Fault, shown
from lessons.folders import ReadFolder, course_folders, read_folder
from lessons.kinds import Recall
from lessons.pathways import pathway_faults
from lessons.reading import ReadLesson
from lessons.sayings import nearest
from lessons.schema import CourseFile, LessonFile, PathwayFile


def load(dirs: Iterable[Path], drafts: bool = False) -> tuple[Catalogue, list[Fault]]:
    """The content in ``dirs``, and every fault of every file in it; drafts only if ``drafts``.

    A lesson with a fault, and a course whose ``course.yaml`` has one, are not in the catalogue.
    Never raises, whatever the files hold.
    """
    folders, faults = read(dirs)
    return assemble(folders, faults, drafts), faults


def read(dirs: Iterable[Path]) -> tuple[list[ReadFolder], list[Fault]]:
    """The courses in ``dirs`` as they stand there, and every fault of every file."""
    folders: list[ReadFolder] = []
    faults: list[Fault] = []
    for root in dirs:
        paths, found = course_folders(root)
        faults.extend(found)
        folders.extend(read_folder(path, root) for path in paths)
    faults.extend(fault for folder in folders for fault in folder.faults)
    faults.extend(_repeated_courses(folders))
    faults.extend(_repeated_lessons(folders))
    faults.extend(_lost_recalls(folders))
    faults.extend(pathway_faults(folders))
    return folders, sorted(set(faults))


def assemble(folders: Sequence[ReadFolder], faults: Sequence[Fault], drafts: bool) -> Catalogue:
    """The catalogue of what ``read`` has found, without what is broken."""
    broken = {fault.path for fault in faults}
    whole = [folder for folder in folders if folder.path / "course.yaml" not in broken]
    whole.sort(key=lambda folder: folder.file.order if folder.file else 0)
    courses = [course for folder in whole if (course := _course(folder, broken, drafts))]
    return Catalogue(tuple(courses), _digest(courses))


def _repeated_courses(folders: Sequence[ReadFolder]) -> Iterator[Fault]:
    """A fault for each course whose id an earlier one has."""
    first: dict[str, Path] = {}
    for folder in folders:
        if not folder.file:
            continue
        path, line = folder.path / "course.yaml", folder.document.line(("id",))
        if folder.file.id in first:
            hint = f"{shown(first[folder.file.id])} has it already: give this course another."
            message = f'The course id "{folder.file.id}" is used twice.'
            yield Fault(path, line, Code.TWICE, message, hint)
        first.setdefault(folder.file.id, path)


def _repeated_lessons(folders: Sequence[ReadFolder]) -> Iterator[Fault]:
    """A fault for each lesson whose id an earlier one, in whatever course, has."""
    first: dict[str, Fault] = {}
    for lesson in _lessons(folders):
        id_ = lesson.said("id")
        if not isinstance(id_, str):
            continue
        here = Fault(lesson.path, lesson.document.line(("id",)), Code.TWICE, "", "")
        if id_ in first:
            message = f'The lesson id "{id_}" is used twice.'
            hint = f"{first[id_].place} has it already; ids are unique across all courses."
            yield Fault(here.path, here.line, Code.TWICE, message, hint)
        first.setdefault(id_, here)


def _lost_recalls(folders: Sequence[ReadFolder]) -> Iterator[Fault]:
    """A fault for each prompt that recalls what does not exist, or not for every reader."""
    known = {str(lesson.said("id")): lesson for lesson in reversed(list(_lessons(folders)))}
    for lesson in _lessons(folders):
        prompts = lesson.file.exercise.prompts if lesson.file else ()
        for number, prompt in enumerate(prompts):
            if isinstance(prompt, Recall) and (said := _lost(prompt, lesson, known)):
                key, message, hint = said
                line = lesson.document.line(("exercise", "prompts", number, key))
                yield Fault(lesson.path, line, Code.RECALL, message, hint)


def _lost(
    recall: Recall, lesson: ReadLesson, known: dict[str, ReadLesson]
) -> tuple[str, str, str] | None:
    """The key at fault, what is wrong with ``recall`` and what to write; None if all is well."""
    target = known.get(recall.lesson)
    start = f'Prompt "{recall.id}" recalls'
    if target is None:
        hint = f'{nearest(recall.lesson, list(known))}Write the "id:" of a lesson, not its slug.'
        return "lesson", f'{start} an unknown lesson, "{recall.lesson}".', hint
    if target.file and target.file.draft and lesson.file and not lesson.file.draft:
        hint = "Publish that lesson first, or make this one a draft as well."
        return "lesson", f'{start} "{recall.lesson}", which is a draft.', hint
    ids = target.prompt_ids()
    if recall.prompt not in ids:
        hint = f"{nearest(recall.prompt, ids)}It has: {', '.join(ids) or 'none'}."
        return "prompt", f'{start} an unknown prompt of "{recall.lesson}", "{recall.prompt}".', hint
    if target.file and _recalls(target.file, recall.prompt):
        hint = "Recall the prompt in which the answer was written."
        return "prompt", f'{start} "{recall.prompt}", which only recalls another.', hint
    return None


def _recalls(file: LessonFile, prompt_id: str) -> bool:
    return any(p.id == prompt_id and not p.answered for p in file.exercise.prompts)


def _lessons(folders: Sequence[ReadFolder]) -> Iterator[ReadLesson]:
    return (lesson for folder in folders for _, lesson in folder.lessons())


def _course(folder: ReadFolder, broken: set[Path], drafts: bool) -> Course | None:
    """The course in ``folder`` without its broken lessons; None if nothing is left of it."""
    file = folder.file
    kept = [
        (number, slug, read)
        for number, part in enumerate(folder.parts, start=1)
        for slug, read in part.lessons
        if read.path not in broken and (drafts or not read.said("draft"))
    ]
    if not file or not kept:
        return None
    slugs = [None, *(slug for _, slug, _ in kept), None]
    lessons = tuple(
        _lesson(file, part, read, slugs[at - 1 : at + 2], number=at, total=len(kept))
        for at, (part, _, read) in enumerate(kept, start=1)
    )
    parts = tuple(
        Part(number, part.id, part.title, part.summary, _in_part(lessons, number))
        for number, part in enumerate(file.parts, start=1)
    )
    pathways = tuple(_pathway(path) for path in file.pathways)
    return Course(file.id, file.title, file.summary, parts, lessons, pathways)


def _pathway(file: PathwayFile) -> SuppliedPathway:
    steps = tuple((step.lesson, step.days) for step in file.steps)
    return SuppliedPathway(file.id, file.title, file.summary, steps)


def _in_part(lessons: Sequence[Lesson], number: int) -> tuple[Lesson, ...]:
    return tuple(lesson for lesson in lessons if lesson.part_number == number)


def _lesson(
    course: CourseFile,
    part: int,
    read: ReadLesson,
    slugs: Sequence[str | None],
    *,
    number: int,
    total: int,
) -> Lesson:
    """The lesson as it is served; ``slugs`` are those of the one before, itself, the one after."""
    file, body, exercise = read.file, read.body, read.exercise
    if not (file and body and exercise):
        raise AssertionError("A lesson without these has a fault, and is left out.")
    before, slug, after = slugs
    shown_around = (course.id, course.title, course.parts[part - 1].title, part, number, total)
    digest = sha256(repr((read.digest, shown_around, slugs)).encode()).hexdigest()
    return Lesson(
        id=file.id,
        slug=slug or "",
        course_id=course.id,
        course_title=course.title,
        part_title=course.parts[part - 1].title,
        part_number=part,
        number=number,
        total=total,
        title=file.title,
        summary=file.summary,
        minutes=file.minutes,
        html=body.html,
        headings=body.headings,
        exercise=exercise,
        draft=file.draft,
        therapist=file.therapist,
        previous=before,
        next=after,
        digest=digest,
    )


def _digest(courses: Sequence[Course]) -> str:
    """A hash of all that the catalogue shows."""
    told = sha256()
    for course in courses:
        parts = [(part.id, part.title, part.summary) for part in course.parts]
        lessons = [(lesson.part_number, lesson.slug, lesson.digest) for lesson in course.lessons]
        shown = (course.id, course.title, course.summary, parts, lessons, course.pathways)
        told.update(repr(shown).encode())
    return told.hexdigest()

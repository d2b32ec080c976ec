"""What can be wrong with the pathways of all courses, seen together."""

from collections.abc import Iterator, Sequence

from lessons.faults import Code, Fault
from lessons.folders import ReadFolder
from lessons.sayings import nearest


def pathway_faults(folders: Sequence[ReadFolder]) -> Iterator[Fault]:
    """A fault for each id that is used twice, and each lesson that is not there, a draft or twice.

    Every lesson counts that has an id, also one in whose file something else is wrong.
    """
    drafts = {
        str(lesson.said("id")): bool(lesson.said("draft"))
        for folder in folders
        for _, lesson in folder.lessons()
    }
    first: dict[str, Fault] = {}
    for folder in folders:
        for number, path in enumerate(folder.file.pathways if folder.file else ()):
            here = _at(folder, Code.TWICE, "", "", number, "id")
            if path.id in first:
                message = f'The pathway id "{path.id}" is used twice.'
                hint = f"{first[path.id].place} has it already: give this pathway another."
                yield _at(folder, Code.TWICE, message, hint, number, "id")
            first.setdefault(path.id, here)
            yield from _steps(folder, number, drafts)


def _steps(folder: ReadFolder, number: int, drafts: dict[str, bool]) -> Iterator[Fault]:
    path = folder.file.pathways[number] if folder.file else None
    seen: dict[str, int] = {}
    for step, lesson in enumerate(step.lesson for step in (path.steps if path else ())):
        place = (number, "steps", step, "lesson")
        start = f'Pathway "{path.id if path else ""}" has'
        if lesson not in drafts:
            hint = f'{nearest(lesson, list(drafts))}Write the "id:" of a lesson, not its slug.'
            yield _at(folder, Code.KEY, f'{start} an unknown lesson, "{lesson}".', hint, *place)
        elif drafts[lesson]:
            hint = "Publish that lesson first, or take it out here."
            yield _at(folder, Code.KEY, f'{start} "{lesson}", which is a draft.', hint, *place)
        elif lesson in seen:
            hint = f"It stands on line {seen[lesson]} already: keep one of the two."
            yield _at(folder, Code.TWICE, f'{start} the lesson "{lesson}" twice.', hint, *place)
        seen.setdefault(lesson, folder.document.line(("pathways", *place)))


def _at(folder: ReadFolder, code: Code, message: str, hint: str, *place: str | int) -> Fault:
    """A fault of ``course.yaml``, at a place below ``pathways``."""
    line = folder.document.line(("pathways", *place))
    return Fault(folder.path / "course.yaml", line, code, message, hint)

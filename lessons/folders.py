"""The arrangement of a content folder: courses, the folders of their parts, the lesson files."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lessons.faults import Code, Fault, Faults, shown
from lessons.reading import ReadLesson, read_course, read_lesson
from lessons.schema import CourseFile, PartFile
from lessons.strict_yaml import Document

NAME = re.compile(r"([0-9]{2})-([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
MARKDOWN = {".md", ".markdown", ".mdown", ".mdx"}
# Addresses below /workbook/ and /lessons/ that a course of that name would hide.
RESERVED = {"save", "place", "answers", "token", "search", "pulse"}


@dataclass(frozen=True)
class ReadPart:
    """A part as listed in ``course.yaml``, with the lessons of its folder in their order."""

    file: PartFile
    lessons: list[tuple[str, ReadLesson]]
    """Slugs with lessons."""


@dataclass(frozen=True)
class ReadFolder:
    """A course folder after reading. ``file`` is None if ``course.yaml`` cannot be used."""

    path: Path
    faults: list[Fault]
    file: CourseFile | None
    document: Document
    parts: list[ReadPart]

    def lessons(self) -> Iterator[tuple[str, ReadLesson]]:
        """All lessons in reading order, each with its slug."""
        return (pair for part in self.parts for pair in part.lessons)


def course_folders(root: Path) -> tuple[list[Path], list[Fault]]:
    """The folders in ``root`` that hold a course; a fault for what only looks like one."""
    if not root.is_dir():
        hint = "Create it, or let TRUSTBOOK_CONTENT_DIR name another."
        return [], [Fault(root, 1, Code.FOLDER, "The content folder does not exist.", hint)]
    found, faults = [], []
    for folder in entries(root):
        if (folder / "course.yaml").is_file() or (folder / "course.yaml").is_symlink():
            found.append(folder)
        elif folder.is_dir() and next(folder.glob("*/*.md"), None):
            hint = "Write one, with id, title, summary and parts."
            message = "This folder holds lessons but no course.yaml."
            faults.append(Fault(folder / "course.yaml", 1, Code.FOLDER, message, hint))
    if not found and not faults:
        hint = "A course is a folder with a course.yaml in it."
        faults.append(Fault(root, 1, Code.FOLDER, "There is no course in this folder.", hint))
    return found, faults


def read_folder(folder: Path, root: Path) -> ReadFolder:
    """The course in ``folder``, with all faults of its files. Never raises."""
    path = folder / "course.yaml"
    faults = Faults(path, Code.FOLDER)
    file, document = read_course(path, root, faults)
    listed = file.parts if file else ()
    if file and file.id in RESERVED:
        hint = f"Choose another; these are taken: {', '.join(sorted(RESERVED))}."
        faults.add(document.line(("id",)), f'A course cannot have the id "{file.id}".', hint)
    _check_parts(listed, folder, document, faults)
    found = faults.found
    parts = [_read_part(part, folder, root, found) for part in listed]
    if not file:  # the lessons are read all the same, so that all faults are shown at once
        _read_lessons(sorted(folder.glob("*/*.md")), root, found)
    else:
        found.extend(_strays(folder, path, {part.folder for part in listed}))
    _refuse_repeated_slugs(parts, found)
    return ReadFolder(folder, found, file, document, parts)


def entries(folder: Path) -> list[Path]:
    """What is in ``folder``, sorted, without hidden things; nothing if it cannot be listed."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def _is_lesson(path: Path) -> bool:
    return path.suffix.lower() in MARKDOWN and path.name != "README.md"


def _check_parts(
    parts: Sequence[PartFile], folder: Path, document: Document, faults: Faults
) -> None:
    """Notes listed folders that are missing, and parts that share a name."""
    seen: dict[str, int] = {}
    for number, part in enumerate(parts):
        line = document.line(("parts", number, "folder"))
        if part.id in seen:
            hint = f"Line {seen[part.id]} has it already: give this part another name."
            faults.add(line, f'Two parts are called "{part.id}".', hint, Code.TWICE)
        elif not (folder / part.folder).is_dir():
            hint = f"Create {shown(folder / part.folder)}/, or take the part out."
            faults.add(line, f'The folder "{part.folder}" does not exist.', hint)
        seen.setdefault(part.id, line)


def _read_part(part: PartFile, folder: Path, root: Path, faults: list[Fault]) -> ReadPart:
    files = [path for path in entries(folder / part.folder) if _is_lesson(path)]
    read = _read_lessons(files, root, faults)
    for path in entries(folder / part.folder):
        if path.is_dir() and not _is_lesson(path) and next(path.rglob("*.md"), None):
            hint = f"Move its lessons up into {part.folder}/."
            faults.append(Fault(path, 1, Code.FOLDER, "A part has no folders in it.", hint))
    return ReadPart(part, read)


def _read_lessons(
    files: Sequence[Path], root: Path, faults: list[Fault]
) -> list[tuple[str, ReadLesson]]:
    """The lessons in ``files``, those with wrong names and numbers left out but checked too."""
    read, numbers = [], dict[str, str]()
    for path in files:
        lesson = read_lesson(path, root)
        name = NAME.fullmatch(path.name)
        if not name:
            hint = "Two digits, a hyphen, small letters and hyphens: 06-promises.md."
            lesson.faults.add(1, "The name of this file is not <nn>-<slug>.md.", hint, Code.FOLDER)
        elif name[1] in numbers:
            hint = f"{numbers[name[1]]} has it already: number one of the two anew."
            message = f"The number {name[1]} is used twice in this part."
            lesson.faults.add(1, message, hint, Code.FOLDER)
        else:
            numbers[name[1]] = path.name
            read.append((name[2], lesson))
        faults.extend(lesson.faults.found)
    return read


def _strays(folder: Path, course_yaml: Path, listed: set[str]) -> Iterator[Fault]:
    """A fault for each lesson that stands where no part is listed."""
    for path in entries(folder):
        if _is_lesson(path):
            hint = "Move it into the folder of its part."
            yield Fault(path, 1, Code.FOLDER, "This lesson lies outside the parts.", hint)
        elif path.is_dir() and path.name not in listed:
            for lesson in entries(path):
                if _is_lesson(lesson):
                    hint = f"List it under parts in {shown(course_yaml)}, or move the lesson."
                    message = f'The folder "{path.name}" is not listed, so nobody sees this lesson.'
                    yield Fault(lesson, 1, Code.FOLDER, message, hint)


def _refuse_repeated_slugs(parts: Sequence[ReadPart], faults: list[Fault]) -> None:
    """Takes out, with a fault, each lesson whose slug an earlier one in the course has."""
    first: dict[str, Path] = {}
    for part in parts:
        for slug, lesson in list(part.lessons):
            if slug in first:
                hint = f"{shown(first[slug])} has it already: rename one of the two."
                message = f'The slug "{slug}" is used twice in this course.'
                faults.append(Fault(lesson.path, 1, Code.TWICE, message, hint))
                part.lessons.remove((slug, lesson))
            first.setdefault(slug, lesson.path)

"""What a content file may say. ``manage.py content_schema`` prints it as JSON Schema."""

from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lessons.kinds import BasePrompt, Prompt
from lessons.kinds.base import Id, Line

Folder = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]


class ContentModel(BaseModel):
    """Frozen, exact about types, and without room for unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ExerciseFile(ContentModel):
    """The exercise beside a lesson."""

    intro: Words | None = Field(None, description="Markdown, shown above the prompts.")
    # A tuple, because the file is frozen; YAML has only lists, so this one type is not exact.
    prompts: Annotated[tuple[Prompt, ...], Field(strict=False, min_length=1, max_length=40)] = (
        Field(description="The questions, in the order in which they are asked.")
    )


class OwnLessonFile(ContentModel):
    """What a lesson says beside its text; of one that belongs to no course, all of it."""

    title: Line = Field(description="The heading of the page.")
    summary: Line = Field(description="One sentence for lists and search.")
    minutes: int = Field(ge=1, le=120, description="Reading and writing time in minutes.")
    exercise: ExerciseFile = Field(description="The exercise beside the lesson.")


class Named(ContentModel):
    """What keeps its id, whatever else changes."""

    id: Id = Field(description="Permanent and unique across all courses; answers are kept by it.")


class LessonFile(OwnLessonFile, Named):
    """The front matter of a lesson."""

    draft: bool = Field(False, description="true keeps the lesson out of all but development.")
    therapist: bool = Field(
        False, description="true shows a client their own therapist's page, in the workbook only."
    )


class PartFile(ContentModel):
    """One part of a course, as ``course.yaml`` lists it."""

    folder: Folder = Field(description="Its folder beside course.yaml, such as 01-building.")
    title: Line = Field(description="The name of the part.")
    summary: Line = Field(description="One sentence on what the part is about.")

    @property
    def id(self) -> str:
        """The folder's name without its number."""
        return self.folder.partition("-")[2]


class StepFile(ContentModel):
    """One lesson of a pathway."""

    lesson: Id = Field(description="The id of a lesson, of this course or another.")
    days: int = Field(ge=0, le=365, description="Days after the lesson before it until it is due.")


class PathwayFile(ContentModel):
    """A pathway that therapists find ready made, as ``course.yaml`` lists it."""

    id: Id = Field(description="Unique across all courses; it stands in the pathway's address.")
    title: Line = Field(description="The name of the pathway.")
    summary: Line = Field(description="One or two sentences on whom it is for.")
    steps: Annotated[tuple[StepFile, ...], Field(strict=False, min_length=1, max_length=40)] = (
        Field(description="Its lessons, in the order in which they are assigned.")
    )


class CourseFile(ContentModel):
    """``course.yaml``."""

    id: Id = Field(description="Permanent; it stands in the address of the course.")
    title: Line = Field(description="The name of the course.")
    summary: Line = Field(description="One or two sentences for lists and search.")
    order: int = Field(
        default=100, ge=1, le=999, description="Courses stand by this number, then by folder."
    )
    parts: Annotated[tuple[PartFile, ...], Field(strict=False, min_length=1, max_length=99)] = (
        Field(description="The parts, in reading order.")
    )
    pathways: Annotated[tuple[PathwayFile, ...], Field(strict=False, max_length=40)] = Field(
        default=(), description="Pathways that therapists can assign, or copy and change."
    )


@cache
def kinds() -> dict[str, type[BasePrompt]]:
    """The kinds of prompt by name."""
    union: Any = get_args(Prompt)[0]
    members = get_args(union) or (union,)
    return {get_args(member.model_fields["kind"].annotation)[0]: member for member in members}

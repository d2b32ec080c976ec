"""What is asked about a week. It is in no lesson: a check-in of a minute stands by itself."""

from django.http import Http404

from lessons.kinds import BasePrompt, Pulse, Text

PULSE = Pulse(id="pulse", kind="pulse")
NOTE = Text(
    id="note",
    kind="text",
    ask="A note on the week, if you like",
    help="What happened, or what one of the numbers stands for. It is kept with the week.",
    size="short",
)
PROMPTS: tuple[BasePrompt, ...] = (PULSE, NOTE)


def prompt_called(name: str) -> BasePrompt:
    """One of the two."""
    for prompt in PROMPTS:
        if prompt.id == name:
            return prompt
    raise Http404

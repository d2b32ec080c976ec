"""``python -m tests.pictures``: the pictures of the READMEs, taken from the running program."""

import json
import os
import re
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.people import People
from tests.servers.chromium import launch
from tests.servers.live import LiveServer
from tests.servers.places import ROOT

PICTURES = ROOT / "docs" / "pictures"
ADDRESS, PASSWORD = "noor@example.org", "a picture of a password"
WRITTEN = {
    "one-kept": (
        "He said he would ring the landlord before lunch, and at ten past twelve he held up the "
        "phone and grinned. I had not noticed that I had already planned the call myself."
    ),
}
EXAMPLES = """\
id: examples
title: Examples
summary: One of each kind.
order: 999
parts:
  - folder: 01-kinds
    title: Kinds
    summary: All of them.
"""
PERSON = f"""
from trustbook.accounts.models import User
user = User.objects.create_user({ADDRESS!r}, {PASSWORD!r}, time_zone="Europe/Dublin")
from django.utils import timezone
from exercises.models import Reading
for lesson in ("what-trust-does", "what-trust-is-made-of", "honest-and-open"):
    Reading.objects.create(reader=user, lesson_id=lesson, finished_at=timezone.now())
"""
BOTH = f"""
import uuid
from datetime import date
from exercises import couples
from exercises.models.promise import State, Wording
from exercises.together import ledger_of_promises as ledger
from tests.exercises.together.pair import opened, ours, shows, wrote
from trustbook.accounts.models import User
one = User.objects.get(email={ADDRESS!r})
other = User.objects.create_user("partner@example.org", {PASSWORD!r}, time_zone="Europe/Dublin")
couple = couples.make_couple(one, other)
opened(couple, "regular-conversations", "expecting", {{
    one: {{"mine": "That Sunday morning is ours, and that I need not ask for it.", "guess": ""}},
    other: {{"mine": "That I can say no to the visit, and it is not a no to you.", "guess": ""}},
}}, date.today())
shows(couple, wrote(other, "boundaries", "ask-first", "Before I tell your mother anything."))
shows(couple, wrote(other, "boundaries", "their-lines", ["The diary?", "Before the first coffee?"]))
shows(couple, wrote(one, "honest-and-open", "unsaid-feeling", "That I count the hours."))
ours(couple, other, "boundaries", "agreed-line", "Nobody answers the other’s telephone.")
call, plan = (
    ledger.write_down(one, by_me=by_me, wording=Wording(what, until, None), token=uuid.uuid4())
    for by_me, what, until in (
        (True, "Call if later than half past six", "each evening"),
        (False, "Plan the weekend by Thursday", ""),
    )
)
for person in (one, other):
    ledger.say(person, call.pk, State.KEPT, uuid.uuid4())
"""
DESK = """
import uuid
from datetime import date, timedelta
from exercises.care.giving import at_once, give
from exercises.carelinks import make_link
from exercises.client import pressing
from exercises.models import Answer, Audience
from exercises.recording import Draft, record
from exercises.sharing import actions as sharing
from lessons.catalogue import catalogue
from tests.conftest import a_file
from trustbook.accounts.models import User
therapist, today = User.objects.get(email={email!r}), date.today()
for label, lesson, days, presses in (
    ("M. and partner", "promises", None, (pressing.begin, pressing.done)),
    ("Tuesday, 10:00", "a-real-apology", 2, (pressing.begin,)),
    ("J. L.", "boundaries", 5, ()),
):
    client = User.objects.create_user(f"{{uuid.uuid4()}}@example.org", None)
    link = make_link(a_file(therapist, label), client)
    found = catalogue().lesson_by_id(lesson)
    due = days and today + timedelta(days=days)
    [given] = give(therapist, [link.file.pk], at_once([found.id], None, due), "", uuid.uuid4())
    for press in presses:
        press(client, given.assignment, today.isoformat())
        prompt = [one for one in found.exercise.prompts if one.kind == "text"][len(presses) - 2]
        where = {{"lesson_id": found.id, "prompt_id": prompt.id}}
        made = record(Answer, where, client, prompt, Draft("A text.", None, uuid.uuid4()))
        if made:
            sharing.share(client, made.row, made.row.head_id, Audience.THERAPIST)
"""


def main() -> None:
    """Six pictures of pages, and one of each kind of prompt."""
    (PICTURES / "kinds").mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="pictures-"))
    content = os.pathsep.join([str(ROOT / "content"), str(write_examples(folder))])
    try:
        with (
            LiveServer(folder, {"TRUSTBOOK_CONTENT_DIR": content}) as server,
            sync_playwright() as playwright,
        ):
            server.manage("shell", "--no-imports", "-c", PERSON)
            page = launch(playwright, folder).new_page(color_scheme="light")
            take(page, server.url)
            server.manage("shell", "--no-imports", "-c", BOTH)
            take_together(page, server.url)
            take_clients(page, server)
            take_kinds(page, server.url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def take(page: Page, url: str) -> None:
    """Signs in, writes a little, and looks at four pages."""
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(f"{url}/accounts/login/?next=/workbook/trust/promises/")
    page.fill("[name=login]", ADDRESS)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    for prompt, text in WRITTEN.items():
        page.fill(f"[name={json.dumps(prompt)}]", text)
    page.get_by_text("Saved").first.wait_for()
    page.locator("label").filter(has_text="5").locator("input[name=how-sure]").check()
    page.locator("[data-prompt=how-sure]").get_by_text("Saved").wait_for()
    page.evaluate("document.activeElement.blur()")
    keep(page, "lesson")
    page.emulate_media(color_scheme="dark")
    keep(page, "lesson-dark")
    page.emulate_media(color_scheme="light")
    page.goto(f"{url}/workbook/")
    keep(page, "today")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{url}/lessons/trust/promises/")
    keep(page, "lesson-narrow")


def take_together(page: Page, url: str) -> None:
    """What two people have opened, and what else is between them."""
    page.set_viewport_size({"width": 1280, "height": 1060})
    page.goto(f"{url}/together/")
    keep(page, "together")


def take_clients(page: Page, server: LiveServer) -> None:
    """A therapist's list, in a browser of their own."""
    therapist = People(server).therapist()
    server.manage("shell", "--no-imports", "-c", DESK.format(email=therapist.email))
    cookie = {"name": therapist.cookie_name, "value": therapist.cookie, "url": server.url}
    desk = page.context.browser.new_context(color_scheme="light")  # type: ignore[union-attr]
    desk.add_cookies([cookie])  # type: ignore[list-item]
    tab = desk.new_page()
    tab.set_viewport_size({"width": 1280, "height": 760})
    tab.goto(f"{server.url}/care/")
    keep(tab, "clients")
    desk.close()


def write_examples(folder: Path) -> Path:
    """A course with one lesson that asks the examples of ``content/README.md``."""
    part = folder / "examples" / "examples" / "01-kinds"
    part.mkdir(parents=True)
    (part.parent / "course.yaml").write_text(EXAMPLES)
    prompts = "".join(f"    {line}\n" for example in examples() for line in example.splitlines())
    (part / "01-kinds.md").write_text(
        f"---\nid: kinds\ntitle: Kinds\nsummary: One of each.\nminutes: 9\n"
        f"exercise:\n  prompts:\n{prompts}---\nText.\n"
    )
    return folder / "examples"


def examples() -> list[str]:
    """The prompts that the page for authors shows, in YAML."""
    text = (ROOT / "content" / "README.md").read_text()
    return re.findall(r"```yaml\n(- id: .*?)```", text, re.DOTALL)


def take_kinds(page: Page, url: str) -> None:
    """Each kind as it is asked in the workbook."""
    page.set_viewport_size({"width": 620, "height": 900})
    page.goto(f"{url}/workbook/examples/kinds/")
    for number, example in enumerate(examples()):
        kind = re.findall(r"kind: ([a-z]+)", example)[0]
        path = PICTURES / "kinds" / f"{kind}.png"
        page.locator("form .prompt").nth(number).screenshot(path=path)
        print(path.relative_to(ROOT))


def keep(page: Page, name: str) -> None:
    """One picture, of what is on the screen."""
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()

"""Another course, from a folder of its own, stands on every page beside the one that was there."""

import json
import os
import subprocess
import sys

import pytest

from tests.exercises.workbook import Workbook
from tests.servers.places import ROOT

COURSE = """\
id: other
title: The other course
summary: From elsewhere.
parts:
  - {folder: 01-only, title: Only, summary: The only part.}
"""
LESSON = """\
---
id: other-lesson
title: The lesson of the other course
summary: One sentence.
minutes: 4
exercise:
  prompts:
    - {id: one, kind: text, ask: "What is the other thing?"}
---
A word that no other lesson has: quixotry.
"""
LOOKING = """
import django, json, re
django.setup()
from django.test import Client
from lessons.catalogue import catalogue
found = [[course.id for course in catalogue().courses]]
for path in ("/lessons/", "/lessons/search/?q=quixotry", "/sitemap.xml"):
    page = Client(headers={"host": "localhost"}).get(path).content.decode()
    courses = re.findall("/lessons/(?!search)([a-z-]+)/", page)
    found.append(list(dict.fromkeys(courses)))
print(json.dumps(found))
"""
"""What a server with the variables that it was given would show of each course."""
ADDRESS, PRIVATE = "/lessons/other/lesson/", "/workbook/other/lesson/"


@pytest.fixture
def elsewhere(tmp_path):
    """A folder of courses that lies outside the program."""
    (tmp_path / "other" / "01-only").mkdir(parents=True)
    (tmp_path / "other" / "course.yaml").write_text(COURSE)
    (tmp_path / "other" / "01-only" / "01-lesson.md").write_text(LESSON)
    return tmp_path


@pytest.fixture
def both(elsewhere, settings):
    """The course that was there, and the one from elsewhere."""
    settings.CONTENT_DIRS = [*settings.CONTENT_DIRS, elsewhere]


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/", 'href="/lessons/other/"'),
        ("/lessons/", 'href="/lessons/other/"'),
        ("/lessons/other/", f'href="{ADDRESS}"'),
        (ADDRESS, "What is the other thing?"),
        ("/lessons/search/?q=quixotry", f'href="{ADDRESS}'),
        ("/sitemap.xml", f"{ADDRESS}</loc>"),
        ("/workbook/", "The other course"),
        (PRIVATE, 'name="one:token"'),
    ],
)
def test_every_page_has_it_beside_the_others(writing, path, shown):
    response = writing.get(path)
    assert response.status_code == 200
    assert shown in response.content.decode()


@pytest.mark.usefixtures("both")
def test_what_is_written_there_is_among_all_answers(writing, writer):
    Workbook(writing, writer, "other-lesson").saved("one", "Kept elsewhere")
    Workbook(writing, writer).saved("moment", "Kept here")
    page = writing.get("/workbook/answers/").content.decode()
    assert [text for text in (PRIVATE, "Kept elsewhere", "Kept here") if text not in page] == []
    assert PRIVATE in writing.get("/workbook/").content.decode()


def test_without_its_folder_it_is_nowhere(elsewhere, writing):
    assert "/lessons/other/" not in writing.get("/lessons/").content.decode()
    assert writing.get(ADDRESS).status_code == 404


def test_a_third_course_comes_by_the_list_of_folders_in_the_environment(elsewhere, tmp_path):
    folders = os.pathsep.join([str(ROOT / "content"), str(elsewhere)])
    env = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "trustbook.settings"}
    env |= {"TRUSTBOOK_CONTENT_DIR": folders, "TRUSTBOOK_DATA_DIR": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-c", LOOKING],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    third = ["trust", "self-esteem", "other"]
    assert json.loads(done.stdout) == [third, third, ["other"], third]

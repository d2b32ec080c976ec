"""What the public pages show."""

import logging
import re
from html import unescape
from xml.etree import ElementTree

import pytest

from lessons import public
from lessons.catalogue import catalogue
from lessons.help_lines import COUNTRIES
from tests.lessons.conftest import no_queries


@pytest.fixture
def page(visiting, content, settings):
    """The text of a page, its blanks drawn together."""
    settings.CONTENT_DIRS = [content.root]

    def text(path):
        response = visiting.get(path)
        assert response.status_code == 200
        return re.sub(r"\s+", " ", response.content.decode())

    return text


def links(html):
    return re.findall(r'<a [^>]*?href="([^"]*)"', html.partition("<main")[2].partition("</main")[0])


def parts(html):
    """The headings of the parts, as they are read aloud."""
    return [re.sub("<[^>]+>", "", said) for said in re.findall("<h2[^>]*>(.*?)</h2>", html)]


def test_the_landing_page_leads_to_the_lessons_and_the_workbook(page):
    html = page("/")
    assert links(html)[:2] == ["/lessons/", "/workbook/"]
    assert "/lessons/trust/" in links(html)
    assert "encrypted" in html
    assert "whoever operates it could read them too" in html


@pytest.mark.parametrize("whom", ["alone", "a partner", "a therapist who invites you"])
def test_the_landing_page_says_whom_it_is_for(page, whom):
    assert whom in page("/")


def test_the_courses(page):
    assert links(page("/lessons/")) == ["/lessons/trust/"]


def test_the_course_shows_its_lessons_in_order_and_no_empty_part(page, content):
    content.lesson("01-first/02-second.md", "second", ("A lesson", "Tom & Leila's <b>"))
    html = page("/lessons/trust/")
    assert links(html) == ["/lessons/trust/first/", "/lessons/trust/second/"]
    assert ">Tom &amp; Leila&#x27;s &lt;b&gt;" in html
    assert "8 minutes" in html
    assert parts(html) == ["Part 1 First"]
    assert 'aria-label="2 lessons; 2 finished"' not in html
    assert 'aria-label="2 lessons"' in html


def test_a_course_of_five_parts(page, settings):
    settings.CONTENT_DIRS = [settings.BASE_DIR / "content"]
    html = page("/lessons/trust/")
    assert parts(html) == [
        *("Part 1 Understanding", "Part 2 Building", "Part 3 Maintaining", "Part 4 Repairing"),
        "Part 5 Onward",
    ]
    trust = catalogue().course("trust")
    assert trust
    assert links(html) == [f"/lessons/trust/{lesson.slug}/" for lesson in trust.lessons]


def test_a_lesson_stands_beside_its_exercise(page):
    html = page("/lessons/trust/first/")
    assert html.count("<h1") == 1
    assert "<title>A lesson · trustbook</title>" in html
    assert "Trust</a>, part 1: First</p>" in html
    assert "Lesson 1 of 1, 8 minutes" in html
    assert '<meta name="description" content="One sentence.">' in html
    assert '<p id="b1">The text.</p>' in html
    assert "<p>Take <em>ten</em> minutes.</p>" in html
    assert "/workbook/trust/first/" in links(html)
    disabled = html.partition("<fieldset disabled>")[2]
    assert '<label for="q-one">What do you think?</label>' in disabled
    assert '<textarea id="q-one" name="one"' in disabled
    assert "<form" not in html


def test_a_long_lesson_begins_with_its_headings(page, content):
    headings = "".join(f"## Part & {n}\n\nText {n}.\n\n### Below\n\nMore.\n\n" for n in "abcd")
    content.lesson("01-first/01-first.md", "first", ("The text.", headings))
    html = page("/lessons/trust/first/")
    listed = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', html)
    assert listed == [(f"part-{n}", f"Part &amp; {n}") for n in "abcd"]
    for id_, text in listed:
        assert f'<h2 id="{id_}">{text}</h2>' in html
    assert html.index("One sentence.</p>") < html.index('<details class="toc">')


def test_a_short_lesson_does_not(page, content):
    headings = "".join(f"## Part {n}\n\nText {n}.\n\n" for n in "abc")
    content.lesson("01-first/01-first.md", "first", ("The text.", headings))
    assert (
        "<details" not in page("/lessons/trust/first/").partition("<main")[2].partition("</main")[0]
    )


def test_a_lesson_leads_to_the_ones_before_and_after(page, content):
    content.lesson("01-first/02-middle.md", "middle")
    content.lesson("02-second/01-last.md", "last")
    assert re.findall(r'href="(\S+)" rel="(\S+)"', page("/lessons/trust/middle/")) == [
        ("/lessons/trust/first/", "prev"),
        ("/lessons/trust/last/", "next"),
    ]
    assert re.findall(r'rel="(prev|next)"', page("/lessons/trust/first/")) == ["next"]
    assert re.findall(r'rel="(prev|next)"', page("/lessons/trust/last/")) == ["prev"]


def test_a_recalled_answer_is_announced(page, content):
    recall = ("kind: text", "kind: recall\n      lesson: first\n      prompt: one")
    content.lesson("02-second/02-second.md", "second", recall, ("What do", "Then, what did"))
    html = page("/lessons/trust/second/")
    assert (
        "In your workbook, your answer to “What do you think?” from "
        '<a href="/lessons/trust/first/">A lesson</a> is shown here again.'
    ) in html
    assert "<input" not in html
    assert "<textarea" not in html


def test_a_recalled_pulse_shows_how_two_weeks_will_stand_side_by_side(page, content):
    content.lesson("01-first/01-first.md", "first", ("kind: text", "kind: pulse"))
    recall = ("kind: text", "kind: recall\n      lesson: first\n      prompt: one")
    content.lesson("02-second/02-second.md", "second", recall)
    html = page("/lessons/trust/second/")
    assert 'Your first week, from <a href="/lessons/trust/first/">A lesson</a>:' in html
    assert re.findall(r'<th scope="col">([^<]+)</th>', html) == ["Your first week", "This week"]
    assert html.count("no answer</span>") == 10


def test_every_lesson_that_comes_with_the_program_can_be_read(page, settings):
    settings.CONTENT_DIRS = [settings.BASE_DIR / "content"]
    page("/lessons/")
    for lesson in [lesson for course in catalogue().courses for lesson in course.lessons]:
        html = page(f"/lessons/{lesson.course_id}/{lesson.slug}/")
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids)), lesson.slug
        assert " style=" not in html
        for prompt in lesson.exercise.prompts:
            assert prompt.ask in unescape(html)
        for target in re.findall(r'(?:href="#|for="|aria-describedby=")([^"]+)"', html):
            assert target in ids, (lesson.slug, target)


def test_what_two_people_can_do_with_a_question_is_said_at_it(page, settings):
    settings.CONTENT_DIRS = [settings.BASE_DIR / "content"]
    for one in (lesson for course in catalogue().courses for lesson in course.lessons):
        html = page(f"/lessons/{one.course_id}/{one.slug}/")
        asked = one.exercise.prompts
        assert html.count("can also answer this in common") == sum(p.joint for p in asked)
        assert html.count("at the same moment.</p>") == sum(p.opens_together for p in asked)


def test_the_help_page_has_every_number_as_a_link(page):
    html = page("/help/")
    for country in COUNTRIES:
        assert f">{country.name}</h2>" in html
        assert f'<a href="tel:{country.emergency}">{country.emergency}</a>' in html
        for line in country.lines:
            assert f'<a href="{line.address}">{line.number}</a>' in html
    assert "Send START to" in html
    assert "last checked on 23 November 2026" in html
    assert "phone bill" in html


def test_the_legal_texts(page, content, settings):
    settings.LEGAL_DIR = content.root / "legal"
    content.write("legal/privacy.md", "# Our privacy\n\nWe *keep* little.")
    html = page("/legal/privacy/")
    assert '<h1>Our privacy</h1> <p id="b1">We <em>keep</em> little.</p>' in html
    content.write("legal/privacy.md", "# Our new privacy\n\nWe *keep* nothing.")
    assert "<h1>Our new privacy</h1>" in page("/legal/privacy/")


SEARCHES = ["", "?q=", "?q=text", "?q=zebra", "?q=…", f"?q={'a' * 201}"]


@pytest.mark.parametrize("query", SEARCHES)
def test_searching_looks_nobody_up_and_sets_nothing(visiting, writing, content, settings, query):
    settings.CONTENT_DIRS = [content.root]
    with no_queries("default"), no_queries("keys"):
        mine = writing.get(f"/lessons/search/{query}")
    theirs = visiting.get(f"/lessons/search/{query}")
    assert mine.content == theirs.content
    assert dict(mine.headers) == dict(theirs.headers)
    assert not mine.cookies
    assert mine.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert mine.headers["Cache-Control"] == "private, max-age=300"
    assert mine.headers["Referrer-Policy"] == "no-referrer"


def test_what_was_searched_for_is_not_logged(visiting, caplog):
    with caplog.at_level(logging.DEBUG):
        visiting.get("/lessons/search/?q=secretword")
        visiting.get(f"/lessons/search/?q={'secretword' * 21}")
        visiting.post("/lessons/search/?q=secretword")
    assert "secretword" not in caplog.text


def test_a_search_leads_to_the_lessons_found(page):
    html = page("/lessons/search/?q=TEXT+mark")
    assert links(html) == ["/lessons/"]
    html = page("/lessons/search/?q=TEXT")
    assert links(html) == ["/lessons/trust/first/", "/lessons/"]
    assert '<p class="excerpt">The <mark>text</mark>.</p>' in html
    assert "1 lesson with “TEXT”." in html
    assert 'value="TEXT"' in html
    assert '<meta name="robots" content="noindex">' in html


def test_nothing_found_and_nothing_asked(page):
    assert "No lesson has “zebra”." in page("/lessons/search/?q=zebra")
    asked = page("/lessons/search/")
    assert 'role="status"' not in asked
    assert page("/lessons/search/?q=++") == asked
    assert "There is no word in this." in page("/lessons/search/?q=%3F!")


def test_too_long_a_search_is_refused_and_still_there(visiting):
    response = visiting.get("/lessons/search/", {"q": "ab" * 101})
    assert response.status_code == 422
    html = response.content.decode()
    assert "longer than 200 characters" in html
    assert f'value="{"ab" * 101}"' in html
    assert visiting.get("/lessons/search/", {"q": "a" * 200}).status_code == 200


@pytest.mark.parametrize("query", ["<script>", '"><b>', "\x00", "a\x00b", "%ff"])
def test_what_was_typed_stays_text(visiting, query):
    html = visiting.get("/lessons/search/", {"q": query}).content.decode()
    assert "<script>" not in html.partition("<main")[2]
    assert "<b>" not in html


@pytest.mark.parametrize("path", ["/lessons/", "/lessons/trust/"])
def test_the_lessons_can_be_searched_from_their_lists(page, path):
    assert 'action="/lessons/search/" role="search"' in page(path)
    assert '<input type="search" id="words" name="q" value="" maxlength="200"' in page(path)


@pytest.mark.parametrize("path", ["/", "/lessons/trust/first/", "/help/", "/accounts/login/"])
def test_the_chosen_text_size_is_there_before_anything_is_drawn(visiting, path):
    html = visiting.get(path).content.decode()
    head, _, rest = html.partition("</head>")
    assert '<script src="/static/page.js"></script>' in head
    assert "Text size and spacing" in rest


DESCRIBED = {
    "/": "A workbook about trust",
    "/lessons/": "Lessons",
    "/lessons/trust/": "Trust",
    "/lessons/trust/first/": "Tom &amp; Leila&#x27;s &quot;day&quot;",
    "/help/": "Help",
    "/help/leaving/": "Leaving quickly",
    "/what-we-promise/": "What we promise",
    "/legal/privacy/": "Privacy",
}


@pytest.fixture
def _at_home(settings):
    settings.SITE_ORIGIN = "https://w.example.org"
    public._pages.clear()
    yield
    public._pages.clear()


@pytest.mark.usefixtures("_at_home")
@pytest.mark.parametrize("path", DESCRIBED)
def test_what_search_engines_and_links_passed_on_are_told(page, content, path):
    content.lesson("01-first/01-first.md", "first", ("A lesson", "'Tom & Leila''s \"day\"'"))
    head = page(f"{path}?from=somewhere").partition("</head>")[0]
    said = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', head))
    assert re.findall("<title>(.*)</title>", head) == [f"{DESCRIBED[path]} · trustbook"]
    assert re.findall('<link rel="canonical" href="([^"]+)">', head) == [
        f"https://w.example.org{path}"
    ]
    assert (said["og:title"], said["og:site_name"]) == (DESCRIBED[path], "trustbook")
    assert said["og:url"] == f"https://w.example.org{path}"
    assert said["og:description"] == said["description"] != ""
    assert said["og:type"] == ("article" if "first" in path else "website")


@pytest.mark.parametrize("path", ["/nowhere/", "/lessons/search/", "/accounts/login/"])
def test_no_other_page_claims_an_address(visiting, path):
    html = visiting.get(path).content.decode()
    assert html.count("<title>") == html.count("</title>") == 1
    assert "canonical" not in html
    assert "og:" not in html


@pytest.mark.usefixtures("_at_home")
def test_the_sitemap_names_every_public_page_once(visiting, content, settings):
    settings.CONTENT_DIRS = [content.root]
    content.lesson("01-first/02-second.md", "second")
    content.lesson("01-first/03-third.md", "third", ("minutes: 8", "minutes: 8\ndraft: true"))
    response = visiting.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    found = ElementTree.fromstring(response.content).findall(".//{*}loc")
    assert [one.text for one in found] == [
        f"https://w.example.org{path}"
        for path in (
            *("/", "/lessons/", "/help/", "/help/leaving/", "/what-we-promise/"),
            *("/legal/privacy/", "/legal/terms/"),
            *("/lessons/trust/", "/lessons/trust/first/", "/lessons/trust/second/"),
        )
    ]


@pytest.mark.usefixtures("_at_home")
def test_each_page_of_the_sitemap_says_the_same_of_itself(visiting):
    locations = re.findall("<loc>(.*?)</loc>", visiting.get("/sitemap.xml").content.decode())
    assert len(locations) > 20
    for location in locations:
        html = visiting.get(location.removeprefix("https://w.example.org")).content.decode()
        assert f'<link rel="canonical" href="{location}">' in html


@pytest.mark.usefixtures("_at_home")
def test_robots_are_kept_from_what_needs_an_account(visiting):
    response = visiting.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /workbook/",
        "Disallow: /sharing/",
        "Disallow: /together/",
        "Disallow: /accounts/",
        "Disallow: /leave/",
        "Sitemap: https://w.example.org/sitemap.xml",
    ]

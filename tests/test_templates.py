"""What holds for every template: its addresses exist, and the content policy lets it work."""

import re

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import resolve

FOLDER = settings.BASE_DIR / "templates"
PAGES = sorted(FOLDER.rglob("*.html"))
WRITTEN_OUT = re.compile(r'(?:href|action)="(/[^"{#?]*)["#?]')
ADDRESSES = sorted(
    {found for page in PAGES for found in WRITTEN_OUT.findall(page.read_text())}
    - {"/static/site.css", "/static/img/favicon.svg"}  # of the page that must not look up anything
)
REFUSED = re.compile(
    r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*(?: src=| type=\"application/json\"))"
)


def name(page):
    return str(page.relative_to(FOLDER))


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_written_out_leads_somewhere(address):
    assert resolve(address)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_nothing_that_the_content_policy_refuses(page):
    assert REFUSED.findall(page.read_text()) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_it_can_be_read_as_a_template(page):
    assert get_template(name(page))


def test_the_page_for_our_own_faults_needs_nothing():
    text = (FOLDER / "500.html").read_text()
    assert "{%" not in text
    assert "{{" not in text

"""docs/asvs.md: every requirement of ASVS 5.0.0 at levels 1 and 2, each with a link or a reason."""

import re

from tests.servers.places import ROOT

TABLE = (ROOT / "docs" / "asvs.md").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
ROWS = ROW.findall(TABLE)
LINK = re.compile(r"\[([^]]+)\]\(([^)]+)\)")
REASONS = (
    "Not applicable: ",
    "Not met on purpose",
    "Met in part",
    "Met otherwise: ",
    "Operator",
    "By reading",
    "By machine: ",
)
LEVELS = """
1.1 22  1.2 111112222  1.3 11222222222  1.4 222  1.5 12
2.1 122  2.2 112  2.3 1222  2.4 2
3.2 11  3.3 1222  3.4 112222  3.5 11122  3.7 22
4.1 122  4.2 2  4.3 22  4.4 1222
5.1 2  5.2 112  5.3 11  5.4 222
6.1 122  6.2 111111112222  6.3 1122  6.4 1122  6.5 22222  6.6 222  6.8 2222
7.1 222  7.2 1111  7.3 22  7.4 11222  7.5 22  7.6 22
8.1 12  8.2 112  8.3 1  8.4 2
9.1 111  9.2 1222
10.1 22  10.2 22  10.3 2222  10.4 11111222222  10.5 22222  10.6 22  10.7 222
11.1 22  11.2 222  11.3 112  11.4 1222  11.5 2  11.6 2
12.1 122  12.2 11  12.3 2222
13.1 2  13.2 22222  13.3 22  13.4 12222
14.1 22  14.2 1222  14.3 122
15.1 122  15.2 122  15.3 1222222
16.1 2  16.2 22222  16.3 2222  16.4 222  16.5 222
17.1 2  17.2 2222  17.3 22
"""
"""Of each section of the standard, the levels of its requirements in their order.

From OWASP/ASVS at commit 5cf9b03, 5.0/docs_en/…_5.0.0_en.csv. Sections without any at levels 1 and
2 are left out, and so are those of level 3, which stand at the end of their sections.
"""


def official() -> list[tuple[str, str]]:
    """Each requirement with its level."""
    words = LEVELS.split()
    return [
        (f"{section}.{number}", level)
        for section, levels in zip(words[::2], words[1::2], strict=True)
        for number, level in enumerate(levels, 1)
    ]


def test_every_requirement_has_a_row_and_no_other():
    assert [(number, level) for number, level, *_ in ROWS] == official()
    assert [level for _, level in official()].count("1") == 70
    assert len(official()) == 253
    assert len(re.findall(r"^\| \d", TABLE, re.MULTILINE)) == len(ROWS)


def test_every_row_has_a_link_or_a_reason():
    assert [row for row in ROWS if not told(*row)] == []
    assert not told("1.1.1", "1", "words", "–", "[`test_it`](../tests/test_asvs.py)")
    assert not told("1.1.1", "1", "words", "[it](../a.py)", "somehow")
    assert not told("1.1.1", "1", "words", "–", "Not applicable: ")


def told(number: str, level: str, words: str, where: str, tested: str) -> bool:
    """Whether a row says where and how it is met, or why not."""
    if tested.startswith("Not applicable: "):
        return len(tested) > len("Not applicable: no X")
    return "](" in where and (tested.startswith(REASONS) or "](../tests/" in tested)


def links() -> list[tuple[str, str]]:
    """Each link with its text."""
    return LINK.findall(TABLE)


def test_every_link_leads_to_something():
    anchors = {
        "#" + re.sub(r"[^a-z -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^##+ (.+)$", TABLE, re.MULTILINE)
    }
    found = set(links())
    assert len(found) > 150
    for text, target in found:
        if target.startswith("#"):
            assert target in anchors
        elif not target.startswith("https://"):
            path = ROOT / "docs" / target
            assert path.exists(), target
            if re.fullmatch(r"`\w+`", text):
                assert re.search(rf"(def|class) {text[1:-1]}\b", path.read_text()), text


USES = re.compile(
    r"^\s*(?:import|from) (?:hashlib|hmac|secrets|cryptography|django\.core\.signing"
    r"|django\.utils\.crypto)|os\.urandom",
    re.MULTILINE,
)


def test_every_use_of_cryptography_is_in_the_list():
    _, _, listed = TABLE.partition("## Keys")
    listed, _, _ = listed.partition("\n## ")
    using = {
        str(path.relative_to(ROOT))
        for room in ("trustbook", "lessons", "exercises")
        for path in (ROOT / room).rglob("*.py")
        if USES.search(path.read_text())
    }
    assert {target.removeprefix("../") for _, target in LINK.findall(listed)} >= using
    assert "trustbook/lib/encryption.py" in using

import os

import pytest

FILE = "trust/02-second/02-second.md"


def test_no_front_matter(content):
    content.write(FILE, "Just text.\n")
    assert content.faults() == [
        f'{FILE}:1: The file has no front matter. Begin the file with a line "---", '
        'then "id:", "title:" and so on, then "---" again.'
    ]


def test_an_empty_file(content):
    content.write(FILE, "")
    assert [fault.partition(". ")[0] for fault in content.faults()] == [
        f"{FILE}:1: The file has no front matter"
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("---\nid: x\n", 'Write a line "---" before the text of the lesson.'),
        (
            "---\nid: x\n----\nText\n",
            'Line 3 is nearly right: write exactly "---", three hyphens and nothing else.',
        ),
        (
            "---\nid: x\n—\nText\n",
            'Line 3 is nearly right: write exactly "---", three hyphens and nothing else.',
        ),
    ],
)
def test_front_matter_that_is_never_closed(content, text, hint):
    content.write(FILE, text)
    assert content.faults() == [
        f"{FILE}:1: The front matter that begins here is never closed. {hint}"
    ]


def test_front_matter_that_says_nothing(content):
    content.write(FILE, "---\n---\nText\n")
    assert [fault.partition(". ")[0] for fault in content.faults()] == [
        f'{FILE}:2: "{key}" is missing' for key in ("exercise", "id", "minutes", "summary", "title")
    ]


@pytest.mark.parametrize("front", ["- a\n- b", "hello"])
def test_front_matter_that_is_no_block_of_keys(content, front):
    content.write(FILE, f"---\n{front}\n---\nText\n")
    assert content.faults() == [
        f'{FILE}:2: This is not a block of keys. Write lines such as "title: Promises".'
    ]


def test_not_utf_8(content):
    path = content.lesson("02-second/02-second.md", "second")
    path.write_bytes(path.read_bytes().replace(b"The text.", b"One\r\ntwo\r\ncaf\xe9"))
    assert content.faults() == [
        f"{FILE}:15: The file is not UTF-8: the byte 0xe9 has no meaning. "
        'Save it again with the encoding "UTF-8".'
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["unix", "windows", "old mac"])
def test_every_way_to_end_a_line_and_a_byte_order_mark_are_fine(content, mark, end):
    path = content.lesson("02-second/02-second.md", "second")
    plain = content.load().lesson_by_id("second")
    path.write_bytes(mark + path.read_bytes().replace(b"\n", end))
    assert content.faults() == []
    lesson = content.load().lesson_by_id("second")
    assert (lesson.title, lesson.html) == (plain.title, plain.html)


def test_a_large_file(content):
    path = content.lesson("02-second/02-second.md", "second")
    path.write_bytes(path.read_bytes().ljust(256 * 1024, b"a"))
    assert content.faults() == []
    path.write_bytes(path.read_bytes() + b"a" * 1024)
    assert content.faults() == [
        f"{FILE}:1: The file is 257 KB large; at most 256 KB are read. "
        "Divide it into several lessons."
    ]


def test_a_link_that_leaves_the_content_folder(content, tmp_path):
    path = content.lesson("02-second/02-second.md", "second")
    outside = path.rename(tmp_path / "outside.md")
    path.symlink_to(outside)
    assert content.faults() == [
        f"{FILE}:1: This is a link to a place outside the content folder. "
        "Copy the file into content/ instead."
    ]
    assert content.slugs() == ["first"]


def test_a_link_inside_the_content_folder_is_fine(content):
    path = content.lesson("02-second/02-second.md", "second")
    path.symlink_to(path.rename(content.root / "shared.md"))
    assert content.faults() == []
    assert content.slugs() == ["first", "second"]


def test_a_folder_that_leaves_the_content_folder(content, tmp_path):
    content.lesson("02-second/02-second.md", "second")
    folder = content.root / "trust/02-second"
    folder.symlink_to(folder.rename(tmp_path / "elsewhere"))
    assert content.faults() == [
        f"{FILE}:1: This is a link to a place outside the content folder. "
        "Copy the file into content/ instead."
    ]


@pytest.mark.parametrize("target", ["nowhere.md", "02-second.md"], ids=["broken", "loop"])
def test_a_link_to_nothing(content, target):
    (content.root / FILE).symlink_to(target)
    assert content.faults() == [
        f"{FILE}:1: The file cannot be read: it is missing. Put the file there, or mend the link."
    ]


def test_what_is_no_file(content):
    (content.root / FILE).mkdir()
    os.mkfifo(content.root / "trust/02-second/03-pipe.md")
    assert content.faults() == [
        f"{FILE}:1: This is not a file. Give the folder a name without a dot.",
        "trust/02-second/03-pipe.md:1: This is not a file. Give the folder a name without a dot.",
    ]

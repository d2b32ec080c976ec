from django.utils.safestring import SafeString

from lessons.kinds.pattern import Pattern


def test_holes_are_filled_and_escaped():
    pattern = Pattern(["<p>", "who", " and ", "who", "</p>", "more", ""])
    assert pattern.fill({"who": "<M>"}) == "<p>&lt;M&gt; and &lt;M&gt;</p>"
    assert pattern.fill({"more": SafeString("<br>"), "other": "x"}) == "<p> and </p><br>"
    assert isinstance(pattern.fill({}), SafeString)


def test_what_fills_a_hole_is_no_hole():
    pattern = Pattern(["", "one", "", "two", ""])
    assert pattern.fill({"one": "\x02two\x03", "two": "2"}) == "\x02two\x032"


def test_a_hole_can_be_filled_for_good():
    pattern = Pattern(["row ", "#", ": ", "cell", " (", "#", ")"]).with_fixed("#", "<7>")
    assert pattern.fill({"cell": "x", "#": "8"}) == "row &lt;7&gt;: x (&lt;7&gt;)"

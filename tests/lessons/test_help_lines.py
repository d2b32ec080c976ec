from datetime import date

from lessons.help_lines import CHECKED, COUNTRIES

# The list of the content outline, checked on the date below.
LINES = {
    "Australia": ("000", ["1800 737 732", "13 11 14", "1300 78 99 78"]),
    "Canada": ("911", ["988"]),
    "France": ("112", ["3919"]),
    "Germany": ("112", ["116 016"]),
    "Ireland": ("112", ["1800 341 900"]),
    "Italy": ("112", ["1522"]),
    "New Zealand": ("111", ["0800 733 843", "0800 456 450"]),
    "Spain": ("112", ["016"]),
    "United Kingdom": ("999", ["0808 2000 247", "0808 801 0327", "0800 999 5428", "116 123"]),
    "United States": ("911", ["1-800-799-7233", "88788", "988"]),
}


def test_the_list_is_the_one_that_was_checked():
    assert date(2026, 11, 23) == CHECKED
    assert {
        country.name: (country.emergency, [line.number for line in country.lines])
        for country in COUNTRIES
    } == LINES


def test_countries_stand_in_the_order_of_the_alphabet():
    names = [country.name for country in COUNTRIES]
    assert names == sorted(names)


def test_numbers_can_be_called_or_written_to():
    lines = {line.number: line for country in COUNTRIES for line in country.lines}
    assert lines["1-800-799-7233"].address == "tel:18007997233"
    assert lines["88788"].address == "sms:88788"
    assert lines["88788"].sms == "START"

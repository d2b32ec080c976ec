"""Where help is found, country by country. Each number was looked up on ``CHECKED``."""

from dataclasses import dataclass
from datetime import date

CHECKED = date(2026, 11, 23)


@dataclass(frozen=True)
class HelpLine:
    """One number. ``sms`` is what to send as a text message instead of calling."""

    label: str
    number: str
    sms: str = ""

    @property
    def address(self) -> str:
        """The number as a link that a telephone understands."""
        digits = "".join(sign for sign in self.number if sign.isdigit())
        return f"sms:{digits}" if self.sms else f"tel:{digits}"


@dataclass(frozen=True)
class Country:
    """A country with its emergency number and its help lines."""

    name: str
    emergency: str
    lines: tuple[HelpLine, ...]


COUNTRIES = (
    Country(
        "Australia",
        "000",
        (
            HelpLine("1800RESPECT, violence and abuse", "1800 737 732"),
            HelpLine("Lifeline, in a crisis", "13 11 14"),
            HelpLine("MensLine", "1300 78 99 78"),
        ),
    ),
    Country("Canada", "911", (HelpLine("Suicide crisis helpline", "988"),)),
    Country("France", "112", (HelpLine("Violence against women", "3919"),)),
    Country("Germany", "112", (HelpLine("Violence against women", "116 016"),)),
    Country("Ireland", "112", (HelpLine("Women’s Aid, domestic abuse", "1800 341 900"),)),
    Country("Italy", "112", (HelpLine("Violence and stalking", "1522"),)),
    Country(
        "New Zealand",
        "111",
        (
            HelpLine("Women’s Refuge, domestic abuse", "0800 733 843"),
            HelpLine("Family violence information", "0800 456 450"),
        ),
    ),
    Country("Spain", "112", (HelpLine("Violence against women", "016"),)),
    Country(
        "United Kingdom",
        "999",
        (
            HelpLine("Domestic abuse helpline", "0808 2000 247"),
            HelpLine("Men’s advice line, domestic abuse", "0808 801 0327"),
            HelpLine("Galop, abuse of LGBT+ people", "0800 999 5428"),
            HelpLine("Samaritans, whatever troubles you", "116 123"),
        ),
    ),
    Country(
        "United States",
        "911",
        (
            HelpLine("Domestic violence hotline", "1-800-799-7233"),
            HelpLine("The same by text message", "88788", sms="START"),
            HelpLine("Suicide and crisis lifeline", "988"),
        ),
    ),
)
"""In the order of the alphabet. 112 also works in every other country of the EU."""

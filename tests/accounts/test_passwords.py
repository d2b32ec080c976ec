"""A password made of the site's own words is refused, one that merely holds them is not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    [
        "trustbook2026",
        "My Workbook 1!",
        "TRUST-trust-trust",
        "ＴＲＵＳＴＢＯＯＫ１２３",
        "partnerlesson",
    ],
)
def test_words_of_the_site(password):
    with pytest.raises(ValidationError, match="too close to what this site is about"):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["trust the tall heron", "a heron in my workbook", "nothing of it", "Ψάρι και ψωμί 4"],
)
def test_words_of_ones_own(password):
    validate_password(password)

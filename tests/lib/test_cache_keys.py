"""The table of the cache names nobody."""

from django.core.cache.backends.base import BaseCache

from trustbook.lib.cache_keys import hidden


def test_a_name_tells_nothing_and_stays_the_same(settings):
    name = hidden("allauth:rl:login:ip:192.0.2.7", "", 1)
    assert "192" not in name
    assert len(name) == 64
    assert hidden("allauth:rl:login:ip:192.0.2.7", "", 1) == name
    others = {
        hidden("allauth:rl:login:ip:192.0.2.8", "", 1),
        hidden("a", "", 2),
        hidden("a", "x", 2),
    }
    assert len(others | {name}) == 4
    settings.SECRET_KEY = "another"
    assert hidden("allauth:rl:login:ip:192.0.2.7", "", 1) != name


def test_the_cache_uses_it():
    cache = BaseCache({"KEY_FUNCTION": "trustbook.lib.cache_keys.hidden"})
    assert cache.make_key("a") == hidden("a", "", 1)

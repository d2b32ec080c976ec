"""Name and time zone."""

PATH = "/accounts/settings/"


def test_what_is_set_is_kept(writing, writer):
    response = writing.post(PATH, {"display_name": "W.", "time_zone": "Asia/Tokyo"})
    assert response["Location"] == PATH
    writer.refresh_from_db()
    assert (writer.display_name, writer.time_zone) == ("W.", "Asia/Tokyo")


def test_what_is_wrong_comes_back_as_typed(writing, writer):
    response = writing.post(PATH, {"display_name": "<W>", "time_zone": "Mars/Olympus"})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"time_zone"}
    assert 'value="&lt;W&gt;"' in response.content.decode()
    writer.refresh_from_db()
    assert (writer.display_name, writer.time_zone) == ("", "UTC")


def test_nothing_else_can_be_set(writing, writer):
    fields = {"display_name": "W.", "time_zone": "UTC"}
    more = {"email": "x@example.org", "is_active": "", "erasing": "on", "data_key_id": "0" * 32}
    before = (writer.email, writer.is_active, writer.erasing, writer.data_key_id)
    writing.post(PATH, fields | more)
    writer.refresh_from_db()
    assert (writer.email, writer.is_active, writer.erasing, writer.data_key_id) == before


def test_ones_own_only(writing, stranger):
    writing.post(PATH, {"display_name": "W.", "time_zone": "Asia/Tokyo"})
    stranger.refresh_from_db()
    assert (stranger.display_name, stranger.time_zone) == ("", "UTC")

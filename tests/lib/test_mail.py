"""Without a mail server, mails are printed and kept."""

from django.core.mail import EmailMessage

from trustbook.lib.mail import ConsoleAndFileBackend


def test_printed_and_kept(settings, tmp_path, capsys):
    settings.DATA_DIR = tmp_path
    message = EmailMessage("A subject", "A body", "from@example.org", ["to@example.org"])
    assert ConsoleAndFileBackend().send_messages([message, message]) == 2
    [kept] = (tmp_path / "mail").iterdir()
    printed = capsys.readouterr().out
    for text in (printed, kept.read_text()):
        assert text.count("Subject: A subject") == 2
        assert "To: to@example.org" in text


def test_only_its_owner_may_look(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    ConsoleAndFileBackend().send_messages([EmailMessage("s", "b", "f@x.org", ["t@x.org"])])
    assert oct((tmp_path / "mail").stat().st_mode & 0o777) == "0o700"

"""The outbox: what is promised is kept with every mail server, and with every sender."""

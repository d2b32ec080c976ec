"""The program as people meet it: Chromium against the real server."""

"""Real servers for tests: PostgreSQL, trustbook itself, Chromium."""

"""Reminders and events by mail: neutral, off until asked for, each sent at most once."""

"""Reminders: off until asked for, in one's own time, in words that tell nothing."""

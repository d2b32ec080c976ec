"""Reminders: off until somebody asks for them, in their own time, in words that tell nothing."""

"""Saved means saved: kills, races, full disks and lost databases, on real databases."""

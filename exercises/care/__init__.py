"""A therapist's room: clients, what they are given, what they share, what is said about it."""

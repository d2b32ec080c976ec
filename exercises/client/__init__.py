"""A client's side: who the therapist is, what is assigned, what they opened and wrote."""

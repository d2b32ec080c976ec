"""What was shared, as FHIR R4B, for other programs. README.md says what becomes what."""

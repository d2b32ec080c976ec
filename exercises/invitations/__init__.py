"""What inviting somebody to share a workbook and inviting a client have in common."""

"""Taking all of it along, ending all of it: what each app declares in ``personal_data``."""

"""The composition root: which part is wired to which. Everything is known here, and only here."""

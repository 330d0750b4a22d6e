"""The training log on disk: people, sessions, sets, reminders; and apart from it, pain."""

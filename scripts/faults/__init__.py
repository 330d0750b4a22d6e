"""What can go wrong with the real coach, done to it on purpose."""

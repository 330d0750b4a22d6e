"""What a service needs of the system around it: systemd, private files, a door to ask at."""

"""What ``scripts/bench_cadence.py`` measures at the loudspeaker with."""

"""What ``scripts/bench_hearing.py`` measures with."""

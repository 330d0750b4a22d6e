"""What ``scripts/bench_barge_in.py`` measures with."""

"""What ``bench_latency`` is made of: the coach under test, and somebody who talks to it."""

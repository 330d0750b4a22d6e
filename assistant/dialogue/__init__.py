"""The core: what was heard and what happened in, what to say and do out. No clock, no I/O."""

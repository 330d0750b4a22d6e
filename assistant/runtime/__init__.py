"""The shell around the core: clock, inbox, and the loop that carries effects out."""

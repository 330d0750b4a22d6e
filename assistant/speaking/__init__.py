"""From text and cues to samples: synthesis, clips, the mixer and the voice of the coach."""

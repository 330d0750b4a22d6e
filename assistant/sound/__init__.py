"""Samples: reading, writing, resampling and mixing them."""

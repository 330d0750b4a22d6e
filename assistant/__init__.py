"""An offline voice coach for the leg press."""

__version__ = "0.1.0"

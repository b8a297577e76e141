"""A role-play simulator for practising hard conversations, offline and in free text."""

__version__ = "0.1.0"

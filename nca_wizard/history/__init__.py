"""Keeps what was evaluated, and what is half done, in one SQLite file on this computer."""

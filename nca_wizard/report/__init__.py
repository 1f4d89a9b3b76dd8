"""A recommendation in words, as JSON, as plain text and as a printed page."""

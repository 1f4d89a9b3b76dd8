"""New rules without a new program: signed files, and which rulebook is in use."""

"""Files that go from one person to another."""

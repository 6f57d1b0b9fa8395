"""Makes `test.probe` this repository's, not the standard library's own tests."""

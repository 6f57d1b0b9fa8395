"""The web shop's nightly figures."""

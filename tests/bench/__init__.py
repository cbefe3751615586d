"""Measures the forum's pages against a bare Flask view, side by side in one run: `make bench`."""

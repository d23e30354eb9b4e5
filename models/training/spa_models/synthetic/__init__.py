"""Synthetic images drawn by readers whose style is known."""

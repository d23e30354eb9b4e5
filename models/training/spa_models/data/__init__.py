"""Slices with one or several readers, and the crops the model sees."""

"""A simulated user, the same for every kind of model, and the figures of its rounds."""

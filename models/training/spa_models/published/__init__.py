"""SPA as published: the networks of SAM with a latent preference, their checkpoints, and their export."""

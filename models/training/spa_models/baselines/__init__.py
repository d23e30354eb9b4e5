"""What SPA is compared with: a U-Net on the readers' mean mask, and a Probabilistic U-Net that samples without a user."""

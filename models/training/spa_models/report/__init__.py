"""What a validation looked like: a picture of every case, and a page over all."""

"""The `bayes` engine: a conditional variational model of how readers draw."""

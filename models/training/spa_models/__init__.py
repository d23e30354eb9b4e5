"""Training, export and checking of the models that ship with SPA for OHIF."""

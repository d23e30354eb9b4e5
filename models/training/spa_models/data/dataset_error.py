"""What is raised for a dataset that cannot be used."""


class DatasetError(ValueError):
    """A dataset cannot be used; the message says which file and what to do."""

"""What is raised for a dataset that cannot be used."""


from ..usage_error import UsageError


class DatasetError(UsageError):
    """A dataset cannot be used; the message says which file and what to do."""

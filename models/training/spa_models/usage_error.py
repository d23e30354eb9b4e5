"""What is raised where what a user asked for cannot be done."""


class UsageError(ValueError):
    """The message says what is wrong and what to do instead: a command shows it alone, without a traceback."""

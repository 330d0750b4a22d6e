"""The one kind of error a user is meant to read."""


class Complaint(Exception):  # noqa: N818  (it is shown to people under this name)
    """Bad input, in one clear sentence: what is wrong, where, and what to do about it.

    The command line prints it without a traceback and exits with code 2.
    """

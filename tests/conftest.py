"""Settings that all tests share."""

from hypothesis import settings

# The same examples on every run: a failure can be seen again, by anybody.
settings.register_profile("book", derandomize=True, deadline=None)
settings.load_profile("book")

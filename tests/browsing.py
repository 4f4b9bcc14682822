"""The browser that pages are tested in."""

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium")
# In CI a browser that is missing is a failure, found when it is started.
in_a_browser = pytest.mark.skipif(
    not CHROMIUM and "CI" not in os.environ, reason="no chromium on this machine"
)

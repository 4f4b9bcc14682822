"""Keras on PyTorch, with settings of its own: this must be said before it is imported."""

import os
import tempfile

os.environ["KERAS_BACKEND"] = "torch"
os.environ["KERAS_HOME"] = tempfile.gettempdir()

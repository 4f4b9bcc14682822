"""The layer in PyTorch, Keras 3, JAX and ONNX, as one model: the full scatter, and then a crop.

Of all four a layer stamps the kernel, multiplied by each input cell, `stride`
cells apart. They differ in whether the kernel is turned round, in how many
cells they cut off at either end of the result, and in how the weights lie in
memory. A `Scatter` holds the first two; `translate_weight` sees to the third.
None of the four is imported. Flax's `ConvTranspose` calls JAX's function and
hands its arguments on.
"""

from deconv_helpers.frameworks.jax import from_jax, to_jax
from deconv_helpers.frameworks.keras import from_keras, to_keras
from deconv_helpers.frameworks.onnx import from_onnx, to_onnx
from deconv_helpers.frameworks.pytorch import from_pytorch, to_pytorch
from deconv_helpers.frameworks.scatter import Scatter
from deconv_helpers.frameworks.weights import dense_weight, translate_weight

__all__ = [
    "Scatter",
    "dense_weight",
    "from_jax",
    "from_keras",
    "from_onnx",
    "from_pytorch",
    "to_jax",
    "to_keras",
    "to_onnx",
    "to_pytorch",
    "translate_weight",
]

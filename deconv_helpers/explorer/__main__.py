"""Write the explorer's page to the path given."""

import sys

from deconv_helpers.explorer import page
from deconv_helpers.files import write_whole

if len(sys.argv) != 2:
    sys.exit("usage: python -m deconv_helpers.explorer PATH")
write_whole(sys.argv[1], page().encode())

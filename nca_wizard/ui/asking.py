"""How something is asked of the desks of a window, which may not be there yet."""

from collections.abc import Callable
from typing import TYPE_CHECKING

# They take longer to load than the first page takes to show.
if TYPE_CHECKING:
    from nca_wizard.ui.desks import Desks

Act = Callable[["Desks"], object]

Ask = Callable[[Act], None]
"""Has it done: at once, or as soon as the desks are there."""

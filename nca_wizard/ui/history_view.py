"""What the history shows and how, kept while another page shows."""

from dataclasses import dataclass, field

from nca_wizard.history.search import Query
from nca_wizard.ui.history_columns import Columns


@dataclass(frozen=True, slots=True)
class ListView:
    """What the list shows and how; `chosen` are the ids of the lines."""

    query: Query = field(default_factory=Query)
    columns: Columns = field(default_factory=Columns)
    chosen: tuple[int, ...] = ()
    filters_open: bool = False

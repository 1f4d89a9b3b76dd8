"""The tables of the history, version by version."""

# One entry per schema version. Never edit an entry that has shipped: add one.
#
# Two things every later version keeps, because older programs read them: `user_version` counts
# the entries, and `schema_versions` says which program made each.
#
# A change to the stored values (Recommendation, Customer) needs an entry too: they refuse
# unknown names, and what is stored has to be readable for ever.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE schema_versions (
            version INTEGER PRIMARY KEY,
            made_by TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE cases (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            begun_at TEXT NOT NULL
        ) STRICT
        """,
        # The recommendation stands last: what comes before it is listed without reading it.
        """
        CREATE TABLE evaluations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            case_id INTEGER NOT NULL REFERENCES cases (id),
            evaluated_at TEXT NOT NULL,
            as_of TEXT NOT NULL,
            rulebook_version TEXT NOT NULL,
            customer_name TEXT NOT NULL,
            domain TEXT NOT NULL,
            channel_said TEXT NOT NULL,
            products_said TEXT NOT NULL,
            verdicts TEXT NOT NULL,
            actions INTEGER NOT NULL,
            actions_said TEXT NOT NULL,
            open_questions INTEGER NOT NULL,
            folded_name TEXT NOT NULL,
            folded TEXT NOT NULL,
            customer TEXT NOT NULL,
            recommendation TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX evaluations_by_time ON evaluations (evaluated_at, id)",
        "CREATE INDEX evaluations_by_case ON evaluations (case_id)",
        "CREATE INDEX evaluations_by_name ON evaluations (folded_name)",
        """
        CREATE TRIGGER evaluations_are_never_edited
        BEFORE UPDATE OF id, case_id, evaluated_at, as_of, rulebook_version, customer,
            recommendation ON evaluations
        BEGIN
            SELECT RAISE(ABORT, 'an evaluation is never edited');
        END
        """,
        """
        CREATE TABLE texts (
            hash TEXT PRIMARY KEY,
            text TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        # An id given once is never given again, so that a window can hold on to it.
        """
        CREATE TABLE drafts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            case_id INTEGER REFERENCES cases (id),
            customer TEXT NOT NULL,
            answers TEXT NOT NULL,
            page TEXT NOT NULL,
            as_of TEXT,
            saved_at TEXT NOT NULL
        ) STRICT
        """,
    ),
)

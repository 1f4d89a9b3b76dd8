"""The tables of the history, version by version."""

from nca_wizard.history.migrating import Step
from nca_wizard.history.translated import find_translated

# One entry per schema version. Never edit an entry that has shipped: add one.
#
# Two things every later version keeps, because older programs read them: `user_version` counts
# the entries, and `schema_versions` says which program made each.
#
# A change to the stored values (Recommendation, Customer) needs an entry too: they refuse
# unknown names, and what is stored has to be readable for ever.
MIGRATIONS: tuple[tuple[Step, ...], ...] = (
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
    # The register: what was done with a case, what is due, what was deleted, what came together.
    (
        "DROP TRIGGER evaluations_are_never_edited",
        # Apart from the list, so that searching does not read past every document.
        """
        CREATE TABLE documents (
            evaluation_id INTEGER PRIMARY KEY REFERENCES evaluations (id),
            goals TEXT NOT NULL,
            customer TEXT NOT NULL,
            recommendation TEXT NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO documents
        SELECT id, (
            SELECT json_group_array(json_array(
                json_extract(value, '$.product'),
                json_extract(value, '$.metric'),
                json_extract(value, '$.verdict'),
                json_extract(value, '$.workload')
            )) FROM json_each(recommendation, '$.goals')
        ), customer, recommendation FROM evaluations
        """,
        """
        CREATE TABLE action_states (
            evaluation_id INTEGER NOT NULL REFERENCES evaluations (id),
            action TEXT NOT NULL,
            association TEXT NOT NULL,
            covers TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'to_do',
            day TEXT,
            PRIMARY KEY (evaluation_id, action)
        ) STRICT, WITHOUT ROWID
        """,
        """
        INSERT INTO action_states (evaluation_id, action, association, covers)
        SELECT evaluations.id, json_extract(planned.value, '$.guidance'),
            json_extract(planned.value, '$.association'), json_extract(planned.value, '$.covers')
        FROM evaluations, json_each(recommendation, '$.plan') AS planned
        """,
        "CREATE INDEX action_states_by_state ON action_states (state, evaluation_id)",
        """
        CREATE TABLE evidence_ticks (
            evaluation_id INTEGER NOT NULL REFERENCES evaluations (id),
            action TEXT NOT NULL,
            evidence TEXT NOT NULL,
            ticked_at TEXT NOT NULL,
            PRIMARY KEY (evaluation_id, action, evidence)
        ) STRICT, WITHOUT ROWID
        """,
        # What can be filtered by id.
        "ALTER TABLE evaluations ADD COLUMN channels TEXT NOT NULL DEFAULT '[]'",
        """
        UPDATE evaluations SET
            channels = (
                SELECT json_group_array(channel) FROM (
                    SELECT json_extract(recommendation, '$.answers.channel') AS channel
                    UNION
                    SELECT value FROM json_each(recommendation, '$.answers.channel_by_product')
                ) WHERE channel IS NOT NULL AND channel <> 'mixed'
            ),
            folded = folded || char(31)
        """,
        "ALTER TABLE evaluations DROP COLUMN customer",
        "ALTER TABLE evaluations DROP COLUMN recommendation",
        """
        CREATE TRIGGER evaluations_are_never_edited
        BEFORE UPDATE OF id, case_id, evaluated_at, as_of, rulebook_version ON evaluations
        BEGIN
            SELECT RAISE(ABORT, 'an evaluation is never edited');
        END
        """,
        """
        CREATE TRIGGER documents_are_never_edited BEFORE UPDATE ON documents
        BEGIN
            SELECT RAISE(ABORT, 'an evaluation is never edited');
        END
        """,
        # The list, newest first and searched, is read from this index alone.
        "DROP INDEX evaluations_by_time",
        "CREATE INDEX evaluations_by_time ON evaluations (evaluated_at, id, case_id, folded)",
        "DROP INDEX evaluations_by_name",
        "CREATE INDEX evaluations_by_name ON evaluations (folded_name, evaluated_at, case_id)",
        """
        CREATE TABLE imports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            imported_at TEXT NOT NULL,
            source TEXT NOT NULL
        ) STRICT
        """,
        "ALTER TABLE cases ADD COLUMN note TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE cases ADD COLUMN deleted_at TEXT",
        "ALTER TABLE cases ADD COLUMN import_id INTEGER REFERENCES imports (id)",
        "CREATE INDEX cases_deleted ON cases (deleted_at) WHERE deleted_at IS NOT NULL",
        "CREATE INDEX cases_imported ON cases (import_id) WHERE import_id IS NOT NULL",
        "ALTER TABLE drafts ADD COLUMN deleted_at TEXT",
        """
        CREATE TABLE follow_ups (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            case_id INTEGER NOT NULL REFERENCES cases (id),
            kind TEXT NOT NULL,
            action TEXT NOT NULL,
            title TEXT NOT NULL,
            cites TEXT NOT NULL,
            due TEXT NOT NULL,
            snoozed_until TEXT,
            done_on TEXT
        ) STRICT
        """,
        "CREATE INDEX follow_ups_by_case ON follow_ups (case_id)",
        """
        CREATE INDEX follow_ups_open ON follow_ups (coalesce(snoozed_until, due))
        WHERE done_on IS NULL
        """,
        # A row stands here from the deletion for good until no trace is left on the disk.
        "CREATE TABLE purges (begun_at TEXT NOT NULL) STRICT",
    ),
    # What an import brought to a customer that was there goes again with its undo, and so do
    # drafts that came in a file. A recommendation says whether its explanations were worked out.
    (
        "ALTER TABLE drafts ADD COLUMN import_id INTEGER REFERENCES imports (id)",
        "CREATE INDEX drafts_imported ON drafts (import_id) WHERE import_id IS NOT NULL",
        "ALTER TABLE follow_ups ADD COLUMN import_id INTEGER REFERENCES imports (id)",
        "ALTER TABLE follow_ups ADD COLUMN deleted_at TEXT",
        """
        CREATE TABLE imported_evaluations (
            evaluation_id INTEGER PRIMARY KEY REFERENCES evaluations (id),
            import_id INTEGER NOT NULL REFERENCES imports (id),
            taken_back_at TEXT
        ) STRICT
        """,
        "CREATE INDEX evaluations_imported ON imported_evaluations (import_id)",
        """
        CREATE INDEX evaluations_taken_back ON imported_evaluations (evaluation_id)
        WHERE taken_back_at IS NOT NULL
        """,
        find_translated,
    ),
)

"""Keeps what was evaluated, and what is half done, in one SQLite file on this computer.

    with History.open(path) as history:                 store       DamagedHistory names a backup
        history.save_draft, drafts, discard_draft       store       an interview under way
        history.finish, evaluation, evaluations_of      store       frozen recommendations
        history.case, set_note, rename                  store       the customer they belong to
        history.actions.of, set_state, tick             actions     what was done, what is at hand
        history.follow_ups.plan, due, set_done, snooze  follow_ups  what is due, from the rules
        history.bin.delete, restore, deleted            bin         out of sight for 30 days
        history.bin.delete_for_good, clean_up           bin         gone without a trace
        history.imports.begin, add, undo, redo          imports     what came together from a list
        history.known_customers()                       known       who of a list is here already
        history.transfer.export, look_through, take_in  transfer    cases as data, out and in
        history.backups.due, back_up, all, restore      backups     copies, kept and put back
        history.searching(language)                     search      for a worker thread:
            .find(Query(...), still_wanted) -> ids                    searched, filtered, sorted
            .rows(ids[:50])                                           the lines in sight
            .portfolio(rulebook.metrics)            portfolio         what it all adds up to
    place.notice_about(folder)                          place       a sentence about its risks

Undo: every setter returns what was there before; delete and restore, `imports.undo` and
`redo`, `follow_ups.plan` and `remove` are each other's reverse. Evaluating a case again
takes the states of its actions along where they cover nothing new.

When idle: `backups.back_up(now)` if `backups.due(now)`, then `bin.clean_up(now)`. Both read the
whole file. `backups` may run on any thread; everything else but a search belongs to the thread
that opened the history. A backup is put back while no history is open: `Backups(path).restore`.

    schema, migrating       the tables, and how an older file is brought up to date
    connecting, database    connections, transactions, faults as sentences
    evaluations, interning  how a recommendation is written down: each text and part once
    matching, folding, ordering    how names are found and sorted
    translated              what the words of a recommendation are in other languages, to be found

An import leaves out what explains a recommendation; `history.explain` says how to
work it out when the evaluation is opened.

Nothing here asks the clock: days and times are passed in.
"""

"""Files that go from one person to another."""

# Here, so that the window knows it before anything of the rest is loaded.
ENDING = ".ncacase"
CSV_ENDINGS = (".csv", ".tsv", ".txt")
LIST_ENDINGS = (*CSV_ENDINGS, ".xlsx", ".xlsm")

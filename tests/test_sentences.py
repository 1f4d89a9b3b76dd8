import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nca_wizard import errors
from nca_wizard.errors import CannotWrite, KnownFault, NoSuchFile
from nca_wizard.exchange import case_file
from nca_wizard.files import write_new, write_whole
from nca_wizard.history.store import History
from nca_wizard.paths import resources
from nca_wizard.rules.interview import refuse_unknown_ids
from nca_wizard.rules.rulebook import load
from nca_wizard.sentences import Sentence, as_written
from nca_wizard.settings import load_settings
from nca_wizard.texts import Texts

# The rulebook's own faults speak of its files, which are in English, to whoever writes them.
KINDS = {
    "DamagedHistory",
    "UpdateRefused",
    *(
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, KnownFault)
    ),
}
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def german() -> Texts:
    return Texts.load("de", resources() / "locale")


def test_a_sentence_is_said_in_english_and_in_the_language_of_the_reader(german: Texts) -> None:
    sentence = Sentence("The history in %(path)s cannot be read: %(why)s.", path="h", why="?")

    assert str(sentence) == "The history in h cannot be read: ?."
    assert sentence.said(german) == "Der Verlauf in h kann nicht gelesen werden: ?."


def test_what_is_in_a_sentence_is_said_too(german: Texts) -> None:
    at = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)

    sentence = Sentence(
        "%(why)s|%(day)s|%(at)s|%(number)d",
        why=Sentence("the disk is full"),
        day=DAY,
        at=at,
        number=7,
    )

    assert str(sentence) == "the disk is full|22 Nov 2026|22 Nov 2026 14:05|7"
    assert sentence.said(german) == "der Datenträger ist voll|22.11.2026|22.11.2026 14:05|7"


def test_words_of_others_are_left_as_they_are(german: Texts) -> None:
    assert as_written("100 % of %(it)s").said(german) == "100 % of %(it)s"


# --- Faults from everywhere, in German -------------------------------------------------------


def test_a_missing_case_file(german: Texts, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile) as raised:
        case_file.read(tmp_path / "gone.ncacase")

    assert raised.value.sentence.said(german) == (
        f"Die Datei {tmp_path / 'gone.ncacase'} gibt es nicht. Prüfen Sie Namen und Ordner."
    )


def test_a_case_file_that_is_none(german: Texts, tmp_path: Path) -> None:
    path = tmp_path / "a.ncacase"
    path.write_text("[1]")

    with pytest.raises(KnownFault) as raised:
        case_file.read(path)

    assert raised.value.sentence.said(german) == (
        "„a.ncacase“ ist keine Falldatei von NCA Wizard: es ist kein Objekt in { }. "
        "Wählen Sie eine Datei, die auf .ncacase endet."
    )


def test_an_answer_that_no_question_has(german: Texts) -> None:
    with pytest.raises(KnownFault) as raised:
        refuse_unknown_ids(load(resources()), {"channel": "by_pigeon"})

    said = raised.value.sentence.said(german)
    assert said.startswith("answers: channel: Es gibt keine Auswahl „by_pigeon“. Zur Auswahl")


def test_a_file_that_cannot_be_written(german: Texts, tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")

    with pytest.raises(CannotWrite) as raised:
        write_whole(tmp_path / "in the way" / "page.pdf", b"")

    assert raised.value.sentence.said(german).endswith(
        "page.pdf konnte nicht geschrieben werden: den Ordner gibt es nicht."
    )


def test_a_page_that_is_there_already(german: Texts, tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    page.write_bytes(b"")

    with pytest.raises(CannotWrite) as raised:
        write_new(page, b"", overwrite=False)

    assert raised.value.sentence.said(german) == (
        f"{page} gibt es schon und wurde nicht überschrieben."
    )


def test_a_history_that_is_none(german: Texts, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"no database, and long enough to be looked at" * 50)

    with pytest.raises(KnownFault) as raised:
        History.open(path)

    assert raised.value.sentence.said(german) == (
        f"Der Verlauf in {path} ist beschädigt; daran wurde nichts geändert."
    )


def test_a_history_that_cannot_be_saved_to(german: Texts, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    path.mkdir()

    with History.open(path) as history:
        assert history.notice is not None
        assert history.notice.said(german) == (
            f"Nicht gespeichert: {path} kann nicht beschrieben werden. "
            "Ihre Antworten bleiben in diesem Fenster."
        )


def test_settings_that_are_of_no_use(german: Texts, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{")

    notice = load_settings(path).notice

    assert notice is not None
    assert notice.said(german) == (
        f"Die Einstellungsdatei {path} war nicht verwendbar: es ist kein JSON; "
        "sie ist als settings.unusable.json aufbewahrt."
    )


# --- Every fault -----------------------------------------------------------------------------


def test_every_fault_is_raised_with_a_sentence_that_can_be_translated(checkout: Path) -> None:
    raised = [
        (path.name, call.lineno, call.args[0])
        for path in (checkout / "nca_wizard").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KINDS
        and call.args
    ]

    assert len(raised) > 50
    bare = [
        f"{name}:{line}"
        for name, line, said in raised
        if isinstance(said, ast.Constant | ast.JoinedStr | ast.BinOp)
    ]
    assert bare == []

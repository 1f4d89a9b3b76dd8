"""Rules updates for the window to import, signed by a key of the tests' own."""

from collections.abc import Mapping
from pathlib import Path

from nacl.signing import SigningKey

from nca_wizard.paths import resources
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.updates import container
from nca_wizard.updates.container import Content, Translations

_KEY = SigningKey(bytes(range(32)))
PUBLIC_KEY = bytes(_KEY.verify_key)

CSP_UNCLEAR = {
    'channel = ["csp_direct_bill"] }\naccess = "automatic"': (
        'channel = ["csp_direct_bill"] }\naccess = "unclear"'
    )
}
"""Whoever sells in CSP directly no longer knows whether it counts."""


def update_file(
    path: Path,
    changes: Mapping[str, str],
    *,
    version: str = "2027.02",
    serial: int = 2,
    translations: Translations | None = None,
) -> Path:
    """Write the shipped book with these texts in place of others, as a signed update."""
    files = rulebooks.contents_below(resources())
    book = {
        'version = "2026.11"': f'version = "{version}"',
        "serial = 1 #": f"serial = {serial} #",
        **changes,
    }
    for old, new in book.items():
        holding = [name for name, content in files.items() if old.encode() in content]
        assert holding, old
        for name in holding:
            files[name] = files[name].replace(old.encode(), new.encode())
    content = Content(files, translations or {})
    sign = lambda message: _KEY.sign(message).signature  # noqa: E731  one line says it all
    path.write_bytes(container.signed(content, PUBLIC_KEY, sign))
    return path

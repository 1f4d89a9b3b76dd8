"""Updates of every kind, signed with a key for tests alone."""

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.updates import container
from nca_wizard.updates.container import Content

KEY = SigningKey(b"t" * 32)


def sealed(packed: bytes, key: SigningKey = KEY) -> bytes:
    """Any bytes at all as the content of an update, with a signature that holds."""
    public_key = bytes(key.verify_key)
    head = container._HEAD.pack(container._MAGIC, container._key_id(public_key), len(packed))
    return head + key.sign(head + packed).signature + packed


def sealed_json(value: Any, key: SigningKey = KEY) -> bytes:
    return sealed(zlib.compress(json.dumps(value).encode()), key)


class Maker:
    def __init__(self, resources: Path, key: SigningKey) -> None:
        self._files = rulebooks.contents_below(resources)
        self._key = key

    def files(
        self,
        *,
        serial: int = 2,
        version: str = "2026.12",
        changes: Mapping[str, tuple[str, str]] | None = None,
    ) -> dict[str, bytes]:
        """The files of the next book. `changes`: rule file -> what it says once, what instead."""
        files = dict(self._files)
        head = files["rules/rulebook.toml"].decode()
        head = head.replace("serial = 1 ", f"serial = {serial} ", 1)
        files["rules/rulebook.toml"] = head.replace("2026.11", version, 1).encode()
        for file, (old, new) in (changes or {}).items():
            name = f"rules/{file}.toml"
            text = files[name].decode()
            assert old in text
            files[name] = text.replace(old, new, 1).encode()
        return files

    def update(
        self,
        *,
        serial: int = 2,
        version: str = "2026.12",
        translations: Mapping[str, Mapping[str, str]] | None = None,
        key: SigningKey | None = None,
        changes: Mapping[str, tuple[str, str]] | None = None,
    ) -> bytes:
        key = key or self._key
        content = Content(
            self.files(serial=serial, version=version, changes=changes), translations or {}
        )
        return container.signed(
            content, bytes(key.verify_key), lambda message: key.sign(message).signature
        )

    def document(self, **more_files: str) -> dict[str, Any]:
        """What a good update says, with further files."""
        files = {name: text.decode() for name, text in self.files().items()}
        return {"files": {**files, **more_files}, "translations": {}}

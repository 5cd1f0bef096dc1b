"""Small libraries for tests: the example of clause_library/README.md, and a way to write one from texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

README = Path(__file__).parents[1] / "clause_library" / "README.md"


def example() -> dict[str, str]:
    """The files of the README's complete example: path inside the library -> text."""
    blocks = re.findall(r"```yaml\n(# (\S+\.yaml)\n.*?)```", README.read_text(encoding="utf-8"), re.S)
    return {name: text for text, name in blocks}


def write(root: Path, files: Mapping[str, str]) -> Path:
    """The library of these files in a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "provisions").mkdir(parents=True, exist_ok=True)
    return root

"""What the plain script needs on disk: figures, snippets, a template."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from docx.document import Document


@dataclass(frozen=True)
class Case:
    """One document's inputs. `data` is what data.yaml holds, but for the list of snippet names."""

    data: dict[str, Any]
    snippets: dict[str, str]
    template: Document

    def write(self, folder: Path) -> None:
        """data.yaml, snippets/*.txt and template.docx; snippets of an earlier case go away."""
        texts = folder / "snippets"
        texts.mkdir(parents=True, exist_ok=True)
        for old in texts.glob("s*.txt"):
            old.unlink()
        for name, text in self.snippets.items():
            (texts / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
        with (folder / "data.yaml").open("w", encoding="utf-8", newline="\n") as file:
            whole = self.data | {"snippets": list(self.snippets)}
            yaml.safe_dump(whole, file, allow_unicode=True, sort_keys=False)
        self.template.save(str(folder / "template.docx"))

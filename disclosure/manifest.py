"""The files beside the products: manifest.json, findings.json, ledger.json, lineage.json."""

from __future__ import annotations

import json
from collections.abc import Mapping

from disclosure.layout import Engine
from disclosure.lineage import lineage_json
from disclosure.pipeline import Build
from disclosure.products import beside


def manifest_json(build: Build, kept: Mapping[str, object]) -> bytes:
    """manifest.json: products with their hashes, inputs, the versions that had a say.

    `kept` is the last manifest when only some products are made: the others stay in it.
    """
    products: dict[object, dict[str, object]] = {}
    earlier = kept.get("products", [])
    made = {(p.kind, p.number): p for p in build.products}
    replaced = set()  # .docx whose title or content is another now; their PDF goes with them
    for listed in earlier if isinstance(earlier, list) else []:
        products[listed["path"]] = listed
        new = made.get((listed["kind"], listed["number"]))
        if new and new.sha256 != listed["sha256"]:
            replaced.add(beside(listed["path"]))
        if new and new.path != listed["path"]:
            replaced.add(listed["path"])
    products = {path: listed for path, listed in products.items() if path not in replaced}
    for p in build.products:
        products[p.path] = {"kind": p.kind, "number": p.number, "path": p.path, "sha256": p.sha256}
        if p.pages:
            # Its bytes are LibreOffice's and may differ; these two tell whether it says the same.
            products[p.path] |= {"pages": p.pages, "text_sha256": p.text}
    value = {
        "year": build.year,
        "unit": build.report.unit.full_name.words,
        "products": list(products.values()),
        "inputs": dict(sorted(build.inputs.items())),
        "engine": _engine(build.typeset_by),
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _engine(typeset_by: Engine | None) -> dict[str, object]:
    import jinja2

    from disclosure import __version__

    engine: dict[str, object] = {"disclosure": __version__, "jinja2": jinja2.__version__}
    if typeset_by:
        engine |= {"LibreOffice": typeset_by.version, "fonts": typeset_by.fonts}
    return engine


def findings_json(build: Build) -> bytes:
    """findings.json: every finding as an object."""
    value = [finding.as_dict() for finding in build.findings]
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def ledger_json(build: Build) -> bytes:
    """ledger.json: every rule with its verdict, and the hints that were acknowledged."""
    value = {
        "rules": [entry.as_dict() for entry in build.checked.ledger],
        "acknowledged": [hint.as_dict() for hint in build.checked.acknowledged],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def side_files(build: Build) -> dict[str, bytes]:
    """The files beside the products: what was found, where figures come from."""
    return {
        "findings.json": findings_json(build),
        "ledger.json": ledger_json(build),
        "lineage.json": lineage_json(build.lineage),
    }

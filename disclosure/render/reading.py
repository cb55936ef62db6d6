"""Reads a Word template: its parts, its tags as Jinja sources, and every fault in them.

The one module that knows docxtpl: its tag dialect, and its preparation of the XML for Jinja. What
docxtpl does afterwards is not used. Neither it nor lxml is imported when a prepared template is
found in the cache.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes

from disclosure.model.place import Location, Problem
from disclosure.render import opc
from disclosure.render.environment import environment
from disclosure.render.prepare import Source, jinja_source
from disclosure.render.tags import Tag, root_with_tags, unfilled_tags

_HOW_TO_WRITE = "检查括号、引号和点号；标签里只写名称、循环和条件，文字直接打在 Word 里。"


@dataclass(frozen=True)
class TemplateText:
    """A template read, before it is compiled: its parts with tags as Jinja sources."""

    section: str
    sources: Mapping[str, Source]  # by the name of the part, the document first
    others: dict[str, bytes]  # the parts without tags
    problems: tuple[Problem, ...]


def template_text(data: bytes, file: str) -> TemplateText:
    """The template with every fault of its tags, each with its place.

    Raises DisclosureError when the file is no Word document.
    """
    patch: Callable[[str], str] = DocxTemplate("").patch_xml
    parts = opc.kept_parts(data, file)
    headings = opc.heading_styles(parts.get(opc.STYLES, b""))
    document = opc.parsed(parts.pop(opc.DOCUMENT))
    section = opc.taken_section(document)
    sources = {opc.DOCUMENT: jinja_source(document, file, headings, patch)}
    for name in sorted(parts):
        root = root_with_tags(name, parts[name])
        if root is not None:
            sources[name] = jinja_source(root, file, headings, patch)
            del parts[name]
    problems = [problem for source in sources.values() for problem in source.problems]
    for source in sources.values():
        problems += _unreadable(source, file)
    problems += unfilled_tags(parts, file)
    return TemplateText(section, sources, parts, tuple(problems))


def _unreadable(source: Source, file: str) -> list[Problem]:
    """The tags that Jinja cannot read, or that use words a template does not have."""
    try:
        tree = environment().parse(source.text)
    except TemplateSyntaxError as error:
        each = {tag: parsed_tag(tag) for tag in source.tags}
        wrong = [tag for tag, own in each.items() if own is None or _unknown_words(own)]
        # Each may be right by itself: then the order of the statements is wrong, told already.
        if not wrong and not source.problems:
            wrong = [source.tags[error.lineno - 2]]
    else:
        lines = dict.fromkeys(_unknown_words(tree))
        wrong = [source.tags[line - 2] for line in lines]
    return [_refusal(tag, file) for tag in wrong if not tag.mended]


def _unknown_words(tree: nodes.Template) -> list[int]:
    """Lines with a filter or test that templates do not have."""
    jinja = environment()
    used = [(node.name, node.lineno) for node in tree.find_all((nodes.Filter, nodes.Test))]
    wrong = [at for word, at in used if word not in jinja.filters | jinja.tests]
    # "a" ~ b makes strings of values that only `printed` knows how to print.
    return wrong + [node.lineno for node in tree.find_all(nodes.Concat)]


def parsed_tag(tag: Tag) -> nodes.Template | None:
    """A tag by itself as Jinja reads it, its block closed; None when it cannot be read."""
    probes = {
        "": f"{{{{ {tag.inner} }}}}",
        "vmerge": f"{{{{ {tag.inner.removeprefix('vmerge')} }}}}",
        "for": f"{{% {tag.inner} %}}{{% endfor %}}",
        "if": f"{{% {tag.inner} %}}{{% endif %}}",
        "elif": f"{{% if 0 %}}{{% {tag.inner} %}}{{% endif %}}",
        "with": f"{{% {tag.inner} %}}{{% endwith %}}",
        "set": f"{{% {tag.inner} %}}",
    }
    try:
        return environment().parse(probes.get(tag.statement, ""))
    except TemplateSyntaxError:
        return None


def _refusal(tag: Tag, file: str) -> Problem:
    wide = re.search("[（），．：；＝［］｜]", tag.typed)
    advice = f"把全角的“{wide[0]}”改成半角。" if wide else _HOW_TO_WRITE
    return Problem(f"标签“{tag.typed}”的写法不对。", Location(file, path=tag.place), advice)

"""A self-evaluation in sentences: how its project is called, and its own words by their key."""

from __future__ import annotations

from functools import partial

from disclosure.derive.evaluation import Evaluation
from disclosure.model.nearness import nearest
from disclosure.model.text import Snippet, Text, UnknownName
from disclosure.narrate.voice import Voice
from disclosure.schema.evaluation import SelfEvaluation

PROJECT = "项目"


def project_name(name: str) -> str:
    """招商引资 → 招商引资项目; a name that ends in 项目 stays as it is."""
    return name if name.endswith(PROJECT) else name + PROJECT


def within_project(voice: Voice, evaluation: Evaluation) -> Voice:
    """In a self-evaluation's own words, 本项目("键") gives another text of the same file."""
    return voice.within(本项目=partial(file_text, voice, evaluation.file))


def file_text(voice: Voice, file: SelfEvaluation, key: str) -> Text:
    """A text field of a self-evaluation by its Chinese key; several paragraphs are joined."""
    fields = {field.alias or name: name for name, field in type(file).model_fields.items()}
    value = getattr(file, fields[key]) if key in fields else None
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(isinstance(item, Snippet) for item in listed):
        raise UnknownName(key, nearest(key, fields))
    return voice.listed([voice.words(item) for item in listed], "\n")

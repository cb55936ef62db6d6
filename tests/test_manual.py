"""docs/manual.md says what is so: every message, tag, file, key, example and command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from told import VARIES, Source

from disclosure.cli import app
from disclosure.load import yaml_faults
from disclosure.load.validate import validated
from disclosure.load.yaml_source import read_yaml
from disclosure.model.place import CAUSES
from disclosure.pipeline import Build
from disclosure.schema.content import YEAR_FILES, UnitFile
from disclosure.schema.evaluation import ProjectFile
from disclosure.schema.part import File

ROOT = Path(__file__).parents[1]
MANUAL = (ROOT / "docs/manual.md").read_text("utf-8")
README = (ROOT / "content/README.md").read_text("utf-8")
MESSAGES = MANUAL[MANUAL.index("## 屏幕上的话") : MANUAL.index("## 改样子")]
ON_SCREEN = MESSAGES[: MESSAGES.index("### 待填")]
PROJECT = "performance/01_project.yaml"
FILES: dict[str, type[File]] = {"unit.yaml": UnitFile, PROJECT: ProjectFile, **YEAR_FILES}
EXAMPLES = re.findall(r"```yaml\n# (\S+)\n(.*?)```", MANUAL, re.DOTALL)
ONLY_IN_EVALUATIONS = "本项目"

SLIPS = {
    *(cause for _, _, cause, _ in yaml_faults.UNFINISHED + yaml_faults.ON_THE_LINE),
    *(cause for _, cause, _ in yaml_faults.CAUSES),
}
# What these print is put together elsewhere, and is looked for there.
ELSEWHERE = {
    "disclosure/changes/against.py: f'{cause_of(error)}。'": "CAUSES",
    "disclosure/cli.py: f'{cause_of(error)}。'": "CAUSES",
    "disclosure/load/yaml_faults.py: f'{cause}。'": "SLIPS",
    "disclosure/load/yaml_source.py: message": "SLIPS",
    "disclosure/load/validate.py: f'{slip[0]}。'": "SLIPS",
    "disclosure/load/validate.py: str(context['message'])": "PydanticCustomError",
    "disclosure/importing/draft.py: error.message()": "PydanticCustomError",
    "disclosure/importing/table_reader.py: f'{fault}。'": "NoAmount",
    "disclosure/layout/outcome.py: f\"{'，'.join(what)}：{why.message}\"": "other Problems",
}


@pytest.fixture(scope="module")
def source() -> Source:
    return Source(ROOT / "disclosure", ROOT / "charts")


@pytest.fixture(scope="module")
def told(source: Source) -> dict[str, str]:
    """Every message with the place that tells it."""
    return source.messages | dict.fromkeys(SLIPS, "yaml_faults.py")


def first_cells(text: str) -> list[str]:
    """The first column of every table, without the heads."""
    rows = re.findall(r"^\| (.*?) \| ", text, re.MULTILINE)
    return [row for row in rows if row not in ("看到", "屏幕上", "---")]


def matches(row: str, message: str) -> bool:
    parts = [re.escape(part) for part in row.rstrip("。").split(VARIES)]
    return re.fullmatch(".*".join(parts), message.rstrip("。"), re.DOTALL) is not None


# ---------------------------------------------------------------- messages


def test_every_message_of_the_program_is_in_the_manual(told: dict[str, str]) -> None:
    rows = first_cells(MESSAGES)

    unexplained = {
        message: where
        for message, where in told.items()
        if not any(matches(row, message) for row in rows)
    }

    assert unexplained == {}


def test_the_manual_explains_no_message_that_is_gone(told: dict[str, str]) -> None:
    rows = first_cells(MESSAGES[len(ON_SCREEN) :])

    assert [row for row in rows if not any(matches(row, message) for message in told)] == []


def test_no_row_of_the_manual_is_so_wide_that_it_explains_anything() -> None:
    for row in first_cells(MESSAGES):
        assert len(re.sub(r"[^\u4e00-\u9fff]", "", row)) >= 2, row


def test_every_message_can_be_read_from_the_source(source: Source) -> None:
    assert set(source.unfollowed) == set(ELSEWHERE)


def test_what_the_computer_complains_of_is_in_the_manual() -> None:
    assert [cause for cause in CAUSES.values() if cause not in MESSAGES] == []


def test_the_last_lines_on_the_screen_are_explained(source: Source) -> None:
    rows = first_cells(ON_SCREEN)
    lines = source.sentences("disclosure/screen.py")

    assert len(lines) > 5
    assert [line for line in lines if not any(matches(row, line) for row in rows)] == []


def test_a_new_message_is_noticed(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "new.py").write_text(
        "def refuse(what, place):\n    raise Stop(Problem(f'{what}，没有办。', place))\n"
        "def run(number):\n    message = f'第{number}页坏了' if number else '纸用完了'\n"
        "    refuse(message, None)\n"
    )

    assert set(Source(package).messages) == {"第…页坏了，没有办。", "纸用完了，没有办。"}


# ---------------------------------------------------------------- tags and figures


def names_in_tags(text: str) -> set[str]:
    return set(re.findall(r"\{\{ (\w+)", text))


def test_every_tag_is_in_the_manual_and_every_one_there_exists(report_2023: Build) -> None:
    table = MANUAL[MANUAL.index("| 标签 | 印成 |") : MANUAL.index("## 几种写法")]

    assert names_in_tags(table) == {*report_2023.phrasebook.scope, ONLY_IN_EVALUATIONS}


def test_the_tags_of_the_list_beside_the_content_exist(report_2023: Build) -> None:
    table = README[README.index("| 标签 | 印成 |") :]
    table = table[: table.index("\n\n")]

    assert names_in_tags(table) <= {*report_2023.phrasebook.scope, ONLY_IN_EVALUATIONS}
    assert len(names_in_tags(table)) > 15


def test_figures_are_named_in_the_manual_as_they_are(report_2023: Build) -> None:
    listed = MANUAL[MANUAL.index("数的名称由上到下写") : MANUAL.index("写错了不要紧")]
    names = [name for name in re.findall("`([^`]+)`", listed) if name != "/"]

    figures = report_2023.report.figures
    assert len(names) > 10
    assert [name for name in names if figures.get(name, 2023) is None] == []


def test_sentences_to_rewrite_are_named_in_the_manual_as_they_are(report_2023: Build) -> None:
    listed = MANUAL[MANUAL.index("段落的名称如") : MANUAL.index("句子里能用的标签")]

    names = set(re.findall("`([^`]+)`", listed))

    assert len(names) > 10
    assert names <= report_2023.phrasebook.keys


# ---------------------------------------------------------------- content files


@pytest.mark.parametrize(("file", "text"), EXAMPLES, ids=[file for file, _ in EXAMPLES])
def test_the_program_reads_the_examples(file: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_text(text, "utf-8")

    source, problems = read_yaml(tmp_path / "example.yaml", file)
    assert source and not problems
    value, problems = validated(source, FILES[file])

    assert [str(problem) for problem in problems] == []
    assert value


def test_every_content_file_has_an_example() -> None:
    written_by_import = {"sources.yaml"}

    assert {file for file, _ in EXAMPLES} == FILES.keys() - written_by_import


@pytest.mark.parametrize("file", FILES)
def test_every_key_of_a_file_is_in_the_manual(file: str) -> None:
    keys = [field.alias for field in FILES[file].model_fields.values()]

    assert [key for key in keys if key and key not in MANUAL] == []


def test_every_content_file_is_in_the_list_beside_the_content() -> None:
    assert [file for file in (*YEAR_FILES, "unit.yaml") if f"`{file}`" not in README] == []


# ---------------------------------------------------------------- commands and links


def commands(text: str) -> Iterator[list[str]]:
    for line in re.findall(r"`python build\.py ?([^`]*)`", text):
        yield line.split()


def test_every_command_and_option_in_the_manual_exists() -> None:
    group = typer.main.get_group(app)
    given = list(commands(MANUAL))

    for words in given:
        known = group
        for word in words:
            inner = getattr(known, "commands", {}).get(word)
            known = inner or known
        first = words[0] if words else ""
        is_report = not first or first.isdecimal() or first.startswith("-")
        known = group.commands["report"] if is_report else known
        assert is_report or first in group.commands, words
        options = {name for parameter in known.params for name in parameter.opts}
        asked = {word for word in words if word.startswith("--")}
        assert asked <= {*options, "--help"}, words
    assert len(given) > 15


def anchors(text: str) -> set[str]:
    """The anchors of the headings, as GitHub makes them."""
    heads = re.findall("^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", ["docs/manual.md", "content/README.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")

    for target in re.findall(r"\]\(([^)]+)\)", text):
        file, _, anchor = target.partition("#")
        assert (ROOT / page).parent.joinpath(file or Path(page).name).exists(), target
        assert not anchor or file or anchor in anchors(text), target

"""The Word templates of a pack: template new, check, tags."""

from __future__ import annotations

from typing import Annotated

import typer

from disclosure.commands.setting import (
    CLEAN,
    FOUND,
    AsJson,
    AtYear,
    PackToCheck,
    Place,
    UnitDir,
    template_app,
)
from disclosure.model.place import DisclosureError, Problem
from disclosure.usage import ChineseCommand


@template_app.command(
    "new",
    cls=ChineseCommand,
    help="按 pack.yaml 重新生成三个 Word 模板；改过的旧模板先留副本。",
)
def template_new(
    name: Annotated[str, typer.Argument(help="单位包的名称或文件夹", metavar="单位包")],
) -> None:
    from disclosure.load.pack import load_pack
    from disclosure.scaffold import word_templates
    from disclosure.store import replace_with_copy

    place = Place.of(None, name, None)
    pack = load_pack(place.packs, place.pack or name, with_templates=False)
    for file, data in word_templates(pack.layout).items():
        path = pack.templates[file]
        copy = replace_with_copy(path, data)
        print(f"已生成 {path.name}" + (f"，旧模板留在 {copy.name}" if copy else ""))


@template_app.command(
    "check",
    cls=ChineseCommand,
    help="检查单位包的三个 Word 模板，一次列出全部问题和所在位置。",
)
def template_check(
    name: PackToCheck = None,
    year: AtYear = None,
    unit: UnitDir = None,
    as_json: AsJson = False,
) -> None:
    from disclosure import screen
    from disclosure.model.place import Level
    from disclosure.templates import checked

    place = Place.of(unit, name, None)
    found = checked(place.unit, year, place.packs, place.pack)
    code = FOUND if found.of(Level.ERROR) or found.unread else CLEAN
    print(screen.template_object(found, code) if as_json else screen.template_text(found))
    raise typer.Exit(code)


@template_app.command(
    "tags",
    cls=ChineseCommand,
    help="列出模板里可以写的全部标签，和它们现在的内容。",
)
def template_tags(
    name: PackToCheck = None,
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            help="只列一组：单位和年度、标题、段落、表、图、附件自评表、数",
            show_default=False,
        ),
    ] = None,
    year: AtYear = None,
    unit: UnitDir = None,
    as_json: AsJson = False,
) -> None:
    from disclosure import screen
    from disclosure.templates import tags

    place = Place.of(unit, name, None)
    offered = tags(place.unit, year, place.packs, place.pack)
    known = dict.fromkeys(tag.group for tag in offered)
    if group and group not in known:
        raise DisclosureError(Problem(f"没有“{group}”这一组。", None, f"可选：{'、'.join(known)}"))
    wanted = [tag for tag in offered if group in (None, tag.group)]
    whole = group is not None
    print(screen.tags_object(wanted) if as_json else screen.tags_text(wanted, whole=whole))

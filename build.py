"""The command line: `python build.py [命令] [年度]`, from any folder. See `python build.py --help`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    try:
        from disclosure.cli import main
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] in ("disclosure", "charts"):
            raise
        print(f"还没有安装程序用到的组件（缺少 {error.name}）。", file=sys.stderr)
        print("请先运行：make report（Windows 见 README），或 uv run build.py", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(ROOT))

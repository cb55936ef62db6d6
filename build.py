"""The command line: `python build.py [命令] [年度]`, from any folder. See `python build.py --help`."""

import gc
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OURS = ("disclosure", "charts")
SET_UP = "先运行 make report（Windows 见 README），或用 uv run build.py"


def stopped(message: str, advice: str) -> int:
    """Say why nothing can be run; works before anything is installed."""
    if "--json" in sys.argv:
        problem = {"message": message, "location": None, "advice": advice}
        sys.stdout.write(json.dumps({"exit": 2, "problems": [problem]}) + "\n")
    else:
        sys.stderr.write(f"{message} 处理办法：{advice}\n")
    return 2


def run() -> int:
    """Hand over to the package, where it can run."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python runs this file as well
        return stopped("需要 Python 3.11 或更新的版本。", "装上新版本，用它运行 build.py")
    gc.disable()  # one command and gone: collecting on the way only takes time
    sys.path.insert(0, str(ROOT))
    try:
        from disclosure.cli import main

        return main(ROOT)
    except ModuleNotFoundError as error:
        if not error.name or error.name.partition(".")[0] in OURS:
            raise
        return stopped(f"还没有安装程序用到的组件（缺少 {error.name}）。", SET_UP)


if __name__ == "__main__":
    sys.exit(run())

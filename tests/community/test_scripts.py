"""Scripts as they are sent: few files, each whole."""

import re
from pathlib import Path

from community.static import whole_module

BASE = Path(__file__).resolve().parents[2]


def test_the_modules_that_are_fetched_exist():
    main = (BASE / "static" / "js" / "main.js").read_text()
    named = re.findall(r'"([a-z-]+)": \(\) => import\("\./([a-z-]+)\.js"\)', main)
    assert named
    scripts = "".join(path.read_text() for path in (BASE / "static" / "js").glob("*.js"))
    defined, always = (
        set(re.findall(r'customElements.define\("([a-z-]+)"', code)) for code in (scripts, whole_module("js/main.js"))
    )
    assert defined == {tag for tag, _file in named} | always
    for tag, file in named:
        assert f'customElements.define("{tag}"' in whole_module(f"js/{file}.js")


def test_a_script_is_one_file_with_all_that_it_imports_each_once():
    for path in (BASE / "static" / "js").glob("*.js"):
        whole = whole_module(f"js/{path.name}")
        assert not re.search(r"^(import|export)\b", whole, re.MULTILINE) or whole == path.read_text()
        assert len(set(re.findall(r"^const (_\w+) = \(\(\) => \{$", whole, re.MULTILINE))) == whole.count(
            " = (() => {\n"
        )
    line, topic = (
        whole_module("js/live-topic.js").index("class Line"),
        whole_module("js/live-topic.js").index("LiveTopic"),
    )
    assert line < topic

"""What people type becomes HTML that does nothing but show it."""

import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forums import text
from tests.forums.attacks import ATTACKS, HOSTILE

ALLOWED = {
    "a": {"href", "title", "rel"}, "ol": {"start"}, "code": {"class"},
    **{tag: set() for tag in text.TAGS - {"a", "ol", "code"}},
}  # fmt: skip


class Reader(HTMLParser):
    """Every tag with its attributes, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags, self.words = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.tags.append(("comment", {}))

    handle_decl = handle_pi = unknown_decl = handle_comment


def faults(html: str) -> list:
    """What should not be in there."""
    found = []
    for tag, attributes in Reader(html).tags:
        found += [tag] if tag not in ALLOWED else sorted(set(attributes) - ALLOWED[tag])
        if "href" in attributes and not attributes["href"].lower().startswith(("http://", "https://", "mailto:")):
            found.append(attributes["href"])
        if tag == "a" and attributes.get("rel") != text.REL:
            found.append(attributes)
        if "class" in attributes and not text.LANGUAGE.fullmatch(attributes["class"]):
            found.append(attributes)
    return found


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_a_text_runs(attack):
    assert faults(text.to_html(attack)) == []
    assert faults(text.to_html(f"Tekst ervoor {attack} en erna")) == []


def test_there_are_hundreds_of_them():
    assert len(ATTACKS) > 300


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "[",
                "](",
                ")",
                "<",
                ">",
                "`",
                "*",
                "javascript:",
                "a",
                "//",
                ":",
                "\n",
                " ",
                '"',
                "&#x",
                "x",
                ";",
                "|",
                "-",
            ]
        )
    )
)
def test_nothing_that_a_machine_makes_up_runs(parts):
    assert faults(text.to_html("".join(parts))) == []


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("gewoon", "<p>gewoon</p>"),
        ("een\ntwee\n\ndrie", "<p>een<br>\ntwee</p>\n<p>drie</p>"),
        (
            "**vet** *schuin* ~~weg~~ `code`",
            "<p><strong>vet</strong> <em>schuin</em> <del>weg</del> <code>code</code></p>",
        ),
        ("# een\n## twee\n### drie\n###### zes", "<h3>een</h3>\n<h4>twee</h4>\n<h5>drie</h5>\n<h5>zes</h5>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("> citaat", "<blockquote>\n<p>citaat</p>\n</blockquote>"),
        ("```python\nx < 1\n```", '<pre><code class="language-python">x &lt; 1\n</code></pre>'),
        ("<b>geen</b>", "<p>&lt;b&gt;geen&lt;/b&gt;</p>"),
        ("[x](javascript:alert(1)) blijft", "<p>x blijft</p>"),
        ("![foto](https://x.example/a.png)", f'<p>!<a href="https://x.example/a.png" rel="{text.REL}">foto</a></p>'),
        ("www.uu.nl/pad", f'<p><a href="https://www.uu.nl/pad" rel="{text.REL}">www.uu.nl/pad</a></p>'),
        ("[uu](www.uu.nl)", f'<p><a href="https://www.uu.nl" rel="{text.REL}">uu</a></p>'),
        ("einde.Nu verder", "<p>einde.Nu verder</p>"),
        ("[p](/forums/)", "<p>p</p>"),
        ("`www.uu.nl`", "<p><code>www.uu.nl</code></p>"),
        ("a & b &amp; c", "<p>a &amp; b &amp; c</p>"),
        ("", ""),
    ],
)
def test_what_people_mean_is_what_they_get(source, html):
    assert text.to_html(source) == html


def test_a_table_keeps_no_alignment():
    html = text.to_html("| a | b |\n|:-:|--:|\n| 1 | 2 |")
    assert "style" not in html
    assert html.count("<td>") == 2


def test_nested_lists_lose_nothing():
    source = "\n".join("  " * level + f"- niveau {level}" for level in range(9))
    words = " ".join(Reader(text.to_html(source)).words)
    assert all(f"niveau {level}" in words for level in range(9))


def steps(function, *args) -> int:
    """How many calls and returns `function` takes: its work, the same on every machine and however busy it is."""
    counted = 0

    def see(frame, event, arg) -> None:
        nonlocal counted
        counted += 1

    sys.setprofile(see)
    try:
        function(*args)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_no_time_and_lose_no_words(name):
    source = HOSTILE[name][:20_000]
    assert steps(text.to_html, source) < 600_000  # a quarter of a second is some 1.4 million of them
    assert faults(text.to_html(source)) == []


def test_a_dense_text_is_shown_plainly_with_every_character():
    source = "[" * 300 + "<b>\n\nen **verder**"
    assert text.is_dense(source)
    assert text.to_html(source) == f"<p>{'[' * 300}&lt;b&gt;</p>\n<p>en **verder**</p>"


def test_an_excerpt_is_words_on_one_line():
    html = text.to_html("Hallo **daar** <b> &\n\n- een\n- twee")
    assert text.plain(html) == "Hallo daar <b> & een twee"
    assert text.plain("<p>een twee drie</p>", 8) == "een twee…"
    assert text.plain("<p>onafgebroken</p>", 3) == "…"

"""Golden files, as mdit-py-plugins has them: Markdown, and the HTML and the warnings it gives.

``python tests/support/golden.py`` writes them anew. Look at each change before you commit it.
"""

from __future__ import annotations

from pathlib import Path

from markdown_it.utils import read_fixture_file

from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.testing import markdown

FIXTURES = Path(__file__).parents[1] / "constructs" / "fixtures"


def problems(tokens):
    """Yield the problems of tokens and of those in them, with their lines."""
    for token in tokens:
        start = token.map[0] if token.map else 0
        for problem in token.meta.get(PROBLEMS, ()):
            text = problem.message % problem.args
            yield f"{start + problem.offset + 1}: [ajo.{problem.warning.value}] {text}\n"
        yield from problems(token.children or ())


def output(text):
    """Return the HTML of a page without Sphinx, and its warnings below."""
    md, env = markdown(), {}
    tokens = md.parse(text, env)
    html = md.renderer.render(tokens, md.options, env)
    return html.strip("\n") + "\n" + "".join(problems(tokens))


def cases(path):
    """Return the title, the Markdown and the expected output of each case of a file."""
    return [
        (title.strip(), text, expected) for _line, title, text, expected in read_fixture_file(path)
    ]


def write(path, found):
    """Write cases, their output as it is now."""
    parts = [f"{title}\n.\n{text}.\n{output(text)}.\n" for title, text, _expected in found]
    path.write_text("\n".join(parts), encoding="utf-8")


def main():
    for path in sorted(FIXTURES.glob("*.md")):
        write(path, cases(path))


if __name__ == "__main__":
    main()

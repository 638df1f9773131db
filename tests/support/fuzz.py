"""Turn documents made by chance into HTML and text, and look for what must not be.

    python tests/support/fuzz.py --documents 100000 --seed 1

What fails is written to ``--failures``, with its seed; ``--only 17`` runs one document of a run,
and ``--file page.md`` one from a file; both reduce it to what makes it fail.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil
import sphinx_design
from grammar import Document, document
from pipeline import Pipeline
from visible import HtmlCheck, text_words, visible_words

LONGEST = 2.0
"""The most seconds that a document may take."""

PROGRESS = 2000
"""After how many documents the figures so far are shown."""

TABS_FAIL = sphinx_design.__version__ == "0.7.0"
"""Whether sphinx-design fails at a tab set that holds other things than tabs."""

MEMORY = 200
"""The most megabytes by which a run may grow, after its first thousand documents."""


def problems(pipeline, doc):
    """Return what is wrong with a document.

    :param pipeline: A :class:`pipeline.Pipeline`.
    :param doc: A :class:`grammar.Document`.
    :returns: Its problems, each as (kind, details), and the seconds that it took.
    """
    try:
        output = pipeline.run(doc)
    except Exception as error:
        return [("exception", f"{type(error).__name__}: {error}"[:300])], 0.0
    check = HtmlCheck(output.html)
    found = [("html", each) for each in check.problems]
    for part in (output.toc, output.title):
        found += [("html", f"{each} (contents)") for each in HtmlCheck(part).problems]
    expected = visible_words(doc.text)
    if lost := expected - check.words:
        found.append(("word", f"not in HTML: {sorted(lost)}"))
    elif lost := expected - text_words(output.text):
        found.append(("text word", f"not in text: {sorted(lost)}"))
    found += [
        ("internal", line)
        for line in output.warnings.splitlines()
        if "ajo.internal" in line and not (TABS_FAIL and "TabSetHtmlTransform failed" in line)
    ]
    if output.seconds > LONGEST:
        found.append(("slow", f"{output.seconds:.1f} s"))
    return found, output.seconds


def reduce(text, fails):
    """Return the smallest part of a text that still fails, found by leaving out parts of it.

    :param text: A text that fails.
    :param fails: Tells whether a text fails.
    """
    for pieces in (lambda text: text.splitlines(keepends=True), list):
        parts = pieces(text)
        size = max(len(parts) // 2, 1)
        while size:
            at = 0
            while at < len(parts):
                rest = parts[:at] + parts[at + size :]
                if fails("".join(rest)):
                    parts = rest
                else:
                    at += size
            size //= 2
        text = "".join(parts)
    return text


def reduced(pipeline, doc):
    """Return the smallest document with the problems of another one."""
    kinds = {kind for kind, _ in problems(pipeline, doc)[0]}

    def fails(text):
        found, _ = problems(pipeline, doc._replace(text=text))
        return bool(kinds & {kind for kind, _ in found})

    if doc.front_matter and fails(doc.text):
        plain = doc._replace(front_matter="")
        if problems(pipeline, plain)[0]:
            doc = plain
    if doc.included and problems(pipeline, doc._replace(included=False))[0]:
        doc = doc._replace(included=False)
    return doc._replace(text=reduce(doc.text, fails))


class Figures:
    """What is measured during a run."""

    def __init__(self):
        self.documents = self.characters = 0
        self.kinds = Counter()
        self.slowest = (0.0, "")
        self.start = time.monotonic()
        self.cpu = time.process_time()
        self.process = psutil.Process()
        self.first_memory = self.peak_memory = 0

    def add(self, name, doc, found, seconds):
        """Add a document."""
        self.documents += 1
        self.characters += len(doc.text)
        self.kinds.update({kind for kind, _ in found})
        self.slowest = max(self.slowest, (seconds, name))
        if self.documents % 100 == 0:
            memory = self.process.memory_info().rss >> 20
            self.peak_memory = max(self.peak_memory, memory)
            if self.documents == 1000:
                self.first_memory = memory

    def __str__(self):
        cpu = time.process_time() - self.cpu
        return (
            f"{self.documents} documents, {self.characters} characters; "
            f"problems: {dict(self.kinds) or 'none'}; slowest {self.slowest[0]:.2f} s "
            f"({self.slowest[1]}); {self.documents / max(cpu, 0.01):.1f} documents/s of CPU; "
            f"{time.monotonic() - self.start:.0f} s; memory {self.peak_memory} MB at most, "
            f"{self.first_memory} MB after 1000 documents"
        )

    @property
    def is_good(self):
        """Whether nothing went wrong."""
        grown = self.peak_memory - self.first_memory if self.first_memory else 0
        return not self.kinds and grown < MEMORY


def run(pipeline, seed, indexes, report, *, seconds=None, progress=None):
    """Run documents.

    :param pipeline: A :class:`pipeline.Pipeline`.
    :param seed: The seed.
    :param indexes: The numbers of the documents.
    :param report: Is called with the name, the document and the problems of each that has any.
    :param seconds: The CPU time after which it ends, if any.
    :param progress: Is called with the figures now and then, if given.
    :returns: The :class:`Figures`.
    """
    figures = Figures()
    for index in indexes:
        doc = document(seed, index)
        found, took = problems(pipeline, doc)
        name = f"{seed}/{index} {doc.kind}"
        figures.add(name, doc, found, took)
        if found:
            report(name, doc, found)
        if progress is not None and figures.documents % PROGRESS == 0:
            progress(figures)
        if seconds is not None and time.process_time() - figures.cpu > seconds:
            break
    return figures


def show(name, doc, found):
    """Describe a failure.

    :param name: Its seed and number.
    :param doc: The document.
    :param found: Its problems.
    """
    lines = [f"== {name}", *(f"-- {kind}: {details}" for kind, details in found[:5])]
    if doc.included:
        lines.append("-- included")
    return "\n".join([*lines, doc.front_matter + doc.text, ""])


def main():
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="the number of the first document")
    parser.add_argument("--seconds", type=float, help="end after so much CPU time")
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"))
    parser.add_argument("--reduce", action="store_true", help="reduce each failure")
    parser.add_argument("--only", type=int, help="run and reduce the document of this number")
    parser.add_argument("--file", type=Path, help="run and reduce the document in a file")
    options = parser.parse_args()

    def write(text):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def report(name, doc, found):
        if options.reduce:
            doc = reduced(pipeline, doc)
            found, _ = problems(pipeline, doc)
        options.failures.mkdir(exist_ok=True)
        path = options.failures / f"{name.split()[0].replace('/', '-')}.md"
        path.write_text(show(name, doc, found), encoding="utf-8")
        write(show(name, doc, found) if options.reduce else f"{name}: {found[:3]}")

    with (
        tempfile.TemporaryDirectory() as folder,
        Pipeline(Path(folder) / "src", ajo_dialect="exl") as pipeline,
    ):
        if options.file or options.only is not None:
            if options.file:
                doc = Document("file", options.file.read_text(encoding="utf-8"))
            else:
                doc = document(options.seed, options.only)
            found, seconds = problems(pipeline, doc)
            write(show(f"{seconds:.2f} s", doc, found))
            if found:
                doc = reduced(pipeline, doc)
                write(show("reduced", doc, problems(pipeline, doc)[0]))
            return bool(found)
        indexes = range(options.start, options.start + options.documents)
        limits = {"seconds": options.seconds, "progress": write}
        figures = run(pipeline, options.seed, indexes, report, **limits)
        write(figures)
    return 0 if figures.is_good else 1


if __name__ == "__main__":
    sys.exit(main())

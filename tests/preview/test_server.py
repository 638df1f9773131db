"""The preview answers, shows what is saved and what is wrong, and goes on."""

from __future__ import annotations

import http.client
import re
import signal
import sys

import pytest

SCRIPT = r'<script src="/_ajo-preview/preview.js" data-digest="\w{16}".*?</script>'
PROBLEM = 'ajo-preview-problem"'


def test_pages_get_a_script_that_their_files_do_not_have(preview):
    """What is served is the file, and a script."""
    page = preview.wait_for("Old text.")
    script = re.search(SCRIPT, page)
    data = (preview.output / "html/help/first.html").read_text(encoding="utf-8")
    assert page.replace(script[0], "") == data
    assert preview.get("/_ajo-preview/preview.js")[0] == 200
    assert preview.get("/_static/ajo.css")[0] == 200
    # nothing is written to the repository
    assert not [path for path in preview.folder.rglob("*") if path.suffix in (".html", ".pickle")]


def test_edit(preview):
    """A page that is saved is served, and so are those that show its title."""
    preview.write("help/first.md", preview.page("New text.", "Another"))
    preview.wait_for("New text.")
    preview.wait_for("Another", "/help/second.html")
    preview.write("help/first.md", preview.page("Old text."))
    preview.wait_for("Old text.")
    preview.wait_until_said("first.md: shown after")


def test_pages_come_and_go(preview):
    """A page that is created is served; one that is deleted is not."""
    assert preview.get("/help/third.html")[0] == 404
    preview.write("help/third.md", preview.page("Third text.", "Third"))
    preview.wait_for("Third text.", "/help/third.html")
    (preview.folder / "help/third.md").rename(preview.folder / "help/fourth.md")
    preview.wait_for("Third text.", "/help/fourth.html")
    preview.wait_for("does not exist", "/help/third.html", 404)
    (preview.folder / "help/fourth.md").unlink()
    preview.wait_for("does not exist", "/help/fourth.html", 404)


def test_browsers_are_told(preview):
    """A browser is told to load the page that it shows again, when that is another one."""
    page = preview.wait_for("Old text.")
    written = False
    while "Text for browsers." not in page:
        # it loads the page again, and is told what is new since: the page may be an older one still
        for line in preview.events(page):
            if not written and b'"problem": ""' in line:
                preview.write("help/first.md", preview.page("Text for browsers."))
                written = True
            if line == b"event: reload\n":
                break
        page = preview.get()[1]
    assert written
    preview.write("help/first.md", preview.page("Old text."))
    preview.wait_for("Old text.")


def test_deleted_folder(preview):
    """A folder that is gone is said to be so; when it is back, so is the site."""
    kept = preview.folder.with_name("kept")
    preview.folder.rename(kept)
    assert PROBLEM in preview.wait_for("annot find source directory")
    kept.rename(preview.folder)
    preview.wait(lambda: PROBLEM not in preview.get()[1])
    preview.write("help/first.md", preview.page("After that."))
    preview.wait_for("After that.")
    preview.write("help/first.md", preview.page("Old text."))
    preview.wait_for("Old text.")


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::1", "localhost@x.y"],
)
def test_other_hosts(preview, host):
    """The page of another site, whose name leads to this machine, gets no answer."""
    status, text = preview.get(Host=host)
    assert (status, "Old text." in text) == (421, False)
    assert preview.get("/_ajo-preview/events?path=/", Host=host)[0] == 421


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_own_hosts(preview, host):
    assert preview.get(Host=host)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/../doctrees/environment.pickle", "/%2e%2e/doctrees/environment.pickle"),
        *("/..%2fdoctrees/environment.pickle", "//etc/passwd", "/%00", "/help/..%5c..%5cx"),
        *("/help/../../preview.lock", "/_static/../../preview.lock", "/" + "a" * 5000),
    ],
)
def test_traversal(preview, path):
    """No file outside of the output folder is served."""
    assert preview.get(path)[0] in (400, 404)


def test_methods(preview):
    assert preview.get(method="POST")[0] == 405
    assert preview.get(method="HEAD") == (200, "")


def test_conf_py(make_preview):
    """A mistake in ``conf.py`` or an extension is shown, until it is mended."""
    conf = 'extensions = ["sphinx_ajo"]\nproject = "Old name"\n'
    page = "---\ntitle: First\n---\n\n# First\n\nOld text.\n"
    made = make_preview({"conf.py": conf, "index.md": page})
    made.wait_for("Old name", "/")
    made.write("conf.py", f"{conf}def f(:\n")
    problem = made.wait_for("Configuration error", "/")
    assert PROBLEM in problem
    assert "line 3" in problem
    assert "Old text." in problem
    assert made.get("/none.html")[0] == 503
    made.write("conf.py", conf.replace("Old", "New"))
    made.wait(lambda: "New name" in (page := made.get("/")[1]) and PROBLEM not in page)
    made.wait_until_said("The preview continues")
    # an extension beside it, which fails while a page is read
    conf += 'import sys\nsys.path.insert(0, "")\nextensions += ["own"]\n'
    conf = conf.replace('""', "__file__.removesuffix('conf.py')")
    broken = "def setup(app):\n    app.connect('env-updated', lambda *_: 1 / {})\n"
    made.write("own.py", broken.format(0))
    made.write("conf.py", conf)
    assert PROBLEM in made.wait_for("division by zero", "/")
    made.write("own.py", broken.format("1 and None"))
    made.wait(lambda: PROBLEM not in made.get("/")[1])


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
def test_full_disk(make_preview):
    """What cannot be written is said; when it can be, the site is built without any edit."""
    made = make_preview()
    made.wait_until_built()
    html = made.output / "html/help"
    html.rename(made.output / "aside")
    html.write_text("a file in its place", encoding="utf-8")
    made.write("help/first.md", made.page("New text."))
    made.wait_for(PROBLEM, "/")
    html.unlink()
    made.wait_for("New text.")


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_end(make_preview, kind):
    """It ends cleanly, also while a browser is connected, and all files are whole then."""
    made = make_preview()
    made.wait_for("Old text.")
    connection = http.client.HTTPConnection("127.0.0.1", made.port, timeout=300)
    connection.request("GET", "/_ajo-preview/events?path=/&digest=x&assets=0")
    connection.getresponse()
    assert made.stop(kind) in (0, -signal.SIGTERM if kind == signal.SIGTERM else 0)
    connection.close()
    assert "Traceback" not in made.log()
    assert (made.output / "html/searchindex.js").is_file()
    assert (made.output / "doctrees/environment.pickle").stat().st_size > 1000


def test_one_at_a_time(preview, capsys):
    """Two previews do not write to one folder, nor listen at one port."""
    from sphinx_ajo.preview.command import main

    with pytest.raises(SystemExit):
        main([str(preview.folder), "--output", str(preview.output), "--port", "0"])
    assert "another preview writes to this folder" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([str(preview.folder), "--output", f"{preview.output}2", "--port", str(preview.port)])
    assert "--port 0" in capsys.readouterr().err

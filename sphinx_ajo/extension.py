"""Register every part of the extension, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo.acceleration.absent import setup_absent
from sphinx_ajo.acceleration.first_characters import setup_first_characters
from sphinx_ajo.acceleration.furo_contents import setup_furo_contents
from sphinx_ajo.acceleration.garbage import setup_gc
from sphinx_ajo.acceleration.image_paths import setup_image_paths
from sphinx_ajo.acceleration.messages import setup_messages
from sphinx_ajo.acceleration.node_functions import setup_node_functions
from sphinx_ajo.acceleration.page_records import setup_records
from sphinx_ajo.acceleration.parallel import setup_parallel
from sphinx_ajo.acceleration.settings import setup_settings
from sphinx_ajo.acceleration.stems import setup_search
from sphinx_ajo.acceleration.switch import setup_switch
from sphinx_ajo.acceleration.token_trees import setup_token_trees
from sphinx_ajo.acceleration.trees import setup_trees
from sphinx_ajo.acceleration.writing import setup_writing
from sphinx_ajo.base.assets import setup_assets
from sphinx_ajo.build.alternates import setup_alternates
from sphinx_ajo.build.articles import setup_articles
from sphinx_ajo.build.books import setup_books
from sphinx_ajo.build.breadcrumbs import setup_breadcrumbs
from sphinx_ajo.build.defaults import setup_defaults
from sphinx_ajo.build.design_files import setup_design_files
from sphinx_ajo.build.direction import setup_direction
from sphinx_ajo.build.guard import setup_guard
from sphinx_ajo.build.increments.events import setup_increments
from sphinx_ajo.build.inheritance import setup_inheritance
from sphinx_ajo.build.language_menu import setup_language_menu
from sphinx_ajo.build.llms import setup_llms
from sphinx_ajo.build.machine_metadata import setup_machine_metadata
from sphinx_ajo.build.manifest import setup_manifest
from sphinx_ajo.build.markdown import setup_markdown
from sphinx_ajo.build.mending import setup_mending
from sphinx_ajo.build.neighbours import setup_neighbours
from sphinx_ajo.build.net import setup_net
from sphinx_ajo.build.not_found import setup_not_found
from sphinx_ajo.build.option_names import setup_option_names
from sphinx_ajo.build.originals.events import setup_originals
from sphinx_ajo.build.page_files import setup_page_files
from sphinx_ajo.build.page_names import setup_page_names
from sphinx_ajo.build.permalinks import setup_permalinks
from sphinx_ajo.build.safety import setup_safety
from sphinx_ajo.build.search.events import setup_search_page
from sphinx_ajo.build.search.pagefind import setup_pagefind
from sphinx_ajo.build.site_links import setup_site_links
from sphinx_ajo.build.site_lists import setup_site_lists
from sphinx_ajo.build.sitemap import setup_sitemap
from sphinx_ajo.build.styles import setup_styles
from sphinx_ajo.build.toc.events import setup_toc
from sphinx_ajo.build.toc.paper import setup_paper
from sphinx_ajo.build.urls.events import setup_urls
from sphinx_ajo.build.warning_groups import setup_grouping
from sphinx_ajo.config import setup_config
from sphinx_ajo.constructs import CONSTRUCTS
from sphinx_ajo.foreign.themes import setup_themes
from sphinx_ajo.i18n import setup_i18n
from sphinx_ajo.l10n.events import setup_l10n
from sphinx_ajo.lint.events import setup_lint
from sphinx_ajo.project.state import setup_state
from sphinx_ajo.reading.encoding import setup_encoding
from sphinx_ajo.reading.parser import setup_parser

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_extension(app: Sphinx) -> None:
    """Set up the extension and the extensions that it is based on."""
    setup_design_files(app)
    app.setup_extension("sphinx_design")
    setup_config(app)
    setup_option_names(app)
    setup_state(app)
    setup_switch(app)
    setup_grouping(app)
    setup_defaults(app)
    setup_books(app)
    setup_encoding(app)
    setup_i18n(app)
    setup_originals(app)
    setup_guard(app)
    setup_page_names(app)
    setup_parser(app)
    for construct in CONSTRUCTS:
        construct.setup(app)
    setup_toc(app)
    setup_paper(app)
    app.setup_extension("sphinx_ajo.navigation")
    setup_lint(app)
    setup_l10n(app)
    setup_urls(app)
    setup_articles(app)
    setup_manifest(app)
    setup_markdown(app)
    setup_llms(app)
    setup_machine_metadata(app)
    setup_site_lists(app)
    setup_site_links(app)
    setup_alternates(app)
    setup_language_menu(app)
    setup_permalinks(app)
    setup_sitemap(app)
    setup_neighbours(app)
    setup_breadcrumbs(app)
    setup_not_found(app)
    setup_inheritance(app)
    setup_safety(app)
    setup_themes(app)
    setup_direction(app)
    setup_increments(app)
    setup_assets(app)
    setup_page_files(app)
    setup_styles(app)
    setup_search_page(app)
    setup_pagefind(app)
    setup_search(app)
    setup_gc(app)
    setup_parallel(app)
    setup_writing(app)
    setup_records(app)
    setup_image_paths(app)
    setup_furo_contents(app)
    setup_trees(app)
    setup_messages(app)
    setup_settings(app)
    setup_token_trees(app)
    setup_node_functions(app)
    setup_first_characters(app)
    setup_mending(app)
    setup_net(app)
    setup_absent(app)

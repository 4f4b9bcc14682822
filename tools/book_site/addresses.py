"""What the two addresses in `_config.yml` turn on; nothing is shown while they are empty.

`repository.url` turns on the buttons to the source, Binder and Colab; `html.baseurl` the
canonical address, the sitemap, and the card for links to the site.
"""

from book_site.drawings import CARD


def settle(app, config):
    """Let the two addresses decide what is shown."""
    options = config.html_theme_options
    # The picture says nothing that the title beside it does not.
    options["logo"] = {"text": config.html_title, "alt_text": ""}
    config.ogp_site_name = config.html_title
    repository = options.get("repository_url")
    options["use_repository_button"] = options["use_source_button"] = bool(repository)
    if repository:
        options["launch_buttons"] |= {
            "binderhub_url": "https://mybinder.org",
            "colab_url": "https://colab.research.google.com",
            "notebook_interface": "jupyterlab",
        }
    if config.html_baseurl:
        config.html_baseurl = config.html_baseurl.rstrip("/") + "/"
        config.ogp_site_url = config.html_baseurl
        config.ogp_image = CARD
    else:
        config.suppress_warnings.append("sitemap.configuration")


def drop_relative_address(app, pagename, templatename, context, doctree):
    """Leave out the page's address where the site has none."""
    if not app.config.html_baseurl and "metatags" in context:
        lines = context["metatags"].splitlines()
        context["metatags"] = "\n".join(line for line in lines if '"og:url"' not in line)


def setup(app):
    """Connect what is here."""
    app.connect("config-inited", settle, priority=100)
    app.connect("html-page-context", drop_relative_address, priority=900)

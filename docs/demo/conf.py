project = "Lantern"
extensions = ["sphinx_ajo"]
html_theme = "furo"

project = "Lantern"
extensions = ["sphinx_ajo"]

"""The search page: ranking of results, and what it shows of each page."""

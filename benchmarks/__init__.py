"""Benchmarks: what a build costs, beside other tools, and what its parts cost.

Run the modules from the root of the checkout: ``python -m benchmarks.compare``.
"""

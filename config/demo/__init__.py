"""The data of the two historic programmes, the generated absence files, and what loads them.

The absence files are generated; how, stands in `config.demo.absence`. Everything else is what the programmes' own
documents print, in ``data/``.
"""

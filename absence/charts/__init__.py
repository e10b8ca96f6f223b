"""Charts of absence as Vega-Lite specifications: pure functions from figures to plain dicts.

The renderer gives them the portal's type, inks and number locale. What is told by colour is told in another way too:
by dash, by a hollow mark or by a label beside it. The programme stands in the accent colour and the others in grey.
Values are in percent; a missing one is a gap, never zero.
"""

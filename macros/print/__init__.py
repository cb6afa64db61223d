"""What is read on paper or shared as a picture: a PDF per case and per lever, the collection, the social cards.

Catalogue → plain data (text already in French typography, notes already numbered) → Typst layouts (`*.typ`), which hold
the look and nothing else. Text reaches Typst as JSON, never as markup: `#`, `*`, `$`, `\\` or `@` stay text.
"""

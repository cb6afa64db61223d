"""`make bench`: how long the site takes to build, to check and to read, beside other ways of building the same pages.

`contenu` writes the invented cases and what they share, `rivaux` the same site for other generators, `chrono` runs and times whole
processes, `impression` the PDFs, `lecture` what a reader's browser fetches, `rapport` docs/projet/mesures.md. `pages` builds the pages alone.
"""

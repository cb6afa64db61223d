"""`make bench`: how long the site takes to build, to check and to read, beside other ways of building the same pages.

`contenu` writes the invented cases, `commun` what their pages share, `rivaux` the same site for other generators, with the templates of `gabarits/`,
`identiques` compares their pages with ours, `chrono` runs, times and weighs whole
processes, `constructions` what is measured on invented cases (`pages` builds the site apart from the project's cache, `direct` serves it),
`lecture` what a reader's browser fetches from `hebergeur`, `phare` what Lighthouse says of it beside a page written `a_la_main`, `impression`
the PDFs. `objectifs` compares with what was promised, `rapport` writes docs/projet/mesures.md.
"""

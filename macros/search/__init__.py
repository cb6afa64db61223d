"""What the reader's search needs: a small index in pieces, written beside the pages, of which a search fetches three or four.

Text → words (`words`), catalogue → records (`records`), records → index (`index`), index → files (`files`). The script that reads
them is theme/assets/js/recherche-*.js. Pagefind and MiniSearch were tried first: the former costs more than 150 kB before the
first result, ignores œ and slips of the pen; the latter downloads its whole index, more than 1 MB at 10 000 cases.
"""

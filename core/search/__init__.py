"""Finding records of every plugin by words, Chinese characters, pinyin and its initials.

Texts are taken apart by :mod:`core.search.tokens`, the same way on every database; what comes
of a record lies in :class:`core.search.models.SearchToken`, which each flush of a company's
session keeps current (:mod:`core.search.index`). A search is a few ranges of that table's
index (:mod:`core.search.finding`).
"""

"""From the tables of files to facts and schemes, and every fault on the way with its file and row.

A file is given as what a TOML reader makes of it: mappings, lists, texts, whole numbers, Decimals
and days.
"""

"""Acts: a concern is told, a line is written in a case's book, a reader is named, words are erased."""

"""Lectures as slides: a notebook becomes a page that opens from disk.

`deck` reads a notebook as slides, `page` writes them as HTML and lays what they
load beside them: reveal.js from `vendor/`, the book's MathJax, the live figure.
"""

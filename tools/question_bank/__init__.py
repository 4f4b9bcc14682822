"""The question bank of the course: 40 questions whose answers the helper computes.

`questions` collects them from the rooms named `on_…`, `making` is what these share, and
`formats` writes them as GIFT (Moodle) and as the text that text2qti makes QTI of.
"""

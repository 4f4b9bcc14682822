"""The built site as one PDF, to be read on paper.

`assemble` puts the pages of the site one behind the other, and `letters` looks
whether the fonts have every character. `browser` opens the result as it will be
printed, `numbering` prints it until its page numbers are true, and `document`
says in the PDF what it is.
"""

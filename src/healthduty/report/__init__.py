"""The report: one self-contained HTML file, for the screen and for paper."""

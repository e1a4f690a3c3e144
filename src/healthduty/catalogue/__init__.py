"""Agreements to start from: those of the source documents, as data in our own words."""

from healthduty.catalogue.entries import get, names, records

__all__ = ["get", "names", "records"]

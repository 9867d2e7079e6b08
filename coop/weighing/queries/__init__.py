"""What a posting must know (``facts``) and what pages show (``slips``)."""

from coop.weighing.queries.facts import Asked, Booked, Gathered, Known, booked, gather, terms_on

__all__ = ["Asked", "Booked", "Gathered", "Known", "booked", "gather", "terms_on"]

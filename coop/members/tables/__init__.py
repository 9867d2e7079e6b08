"""Households, persons and members as the book holds them, and what happened to them since."""

from coop.members.tables.book import Household, Member, Person

__all__ = ["Household", "Member", "Person"]

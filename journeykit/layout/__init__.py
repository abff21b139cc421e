"""Zones of every picture: where each entry stands. Pure."""

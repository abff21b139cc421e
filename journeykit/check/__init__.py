"""Findings from a document: rules, alignment, evidence. Pure."""

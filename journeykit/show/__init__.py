"""Charts, boards, forms and static pictures, all from one set of tokens."""

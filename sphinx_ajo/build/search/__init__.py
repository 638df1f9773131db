"""The search page: which pages it prefers, and what it says of each."""

"""export: records for those who use neither pandas nor SQL. It reads, and decides nothing."""

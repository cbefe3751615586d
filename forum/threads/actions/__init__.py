"""What happens in threads: one module a verb or a pair of verbs that undo each other."""

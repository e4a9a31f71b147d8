"""The installation for outside testers: random councils in which every typed text has a canary."""

"""Pages before any account exists: the front door, the calculator, a complaint, proof of an agreement."""

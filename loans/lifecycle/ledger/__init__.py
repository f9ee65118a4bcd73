"""The books: facts, their chain and roots, where a loan stands, and the proof of it all."""

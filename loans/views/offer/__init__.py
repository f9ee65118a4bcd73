"""Pages around a contract: the offer, its questions, the signature, bank details, a change of mind."""

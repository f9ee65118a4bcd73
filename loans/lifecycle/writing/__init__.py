"""What is said between people and the office beside a decision: the thread, calls, complaints, the post."""

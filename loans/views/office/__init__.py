"""Pages of the office across cases: people, appeals, complaints, diary, post, calendar."""

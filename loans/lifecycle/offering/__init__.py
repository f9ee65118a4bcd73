"""What a yes offers: its options, the terms inside it, and the cost that the law allows."""

"""How long things are kept, and how they are erased when that time is over."""

"""Files that people add to what they write: what they are, how they are made safe, and where they lie."""

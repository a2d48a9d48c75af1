"""The demo community: fictional people and what they said, loaded once from the files in this folder."""

"""Pictures: the words in them and what the camera wrote beside."""

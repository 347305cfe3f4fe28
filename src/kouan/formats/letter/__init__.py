"""What people write to one another: documents of words and slides, plain text, mail."""

"""Every format in and out, with limits against hostile input."""

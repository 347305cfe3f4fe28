"""PDF files: the text of their pages, properties, forms and comments."""

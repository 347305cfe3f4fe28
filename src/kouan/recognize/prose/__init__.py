"""Who and what is named in running text: by the words around it, by grammar, and by a model where there is one."""

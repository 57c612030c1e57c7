"""Writing plugins: the files of one that works, to be changed into what is wanted."""

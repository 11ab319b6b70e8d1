"""« Droits et devoirs »: the simulator, the list of files, the file as a vertical procedure, its acts."""

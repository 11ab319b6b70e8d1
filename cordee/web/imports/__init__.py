"""Pages of the data desk: files of paying bodies, looked at before loading, loaded in the background, told."""

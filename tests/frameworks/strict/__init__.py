"""Three honest services of fifteen operations and more whose validation is strict, and the command that holds them to their contracts."""

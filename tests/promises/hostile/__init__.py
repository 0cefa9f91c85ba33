"""What somebody would send who means us harm; made here, from a seed."""

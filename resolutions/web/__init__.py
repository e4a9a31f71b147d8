"""What the views of a resolution share."""

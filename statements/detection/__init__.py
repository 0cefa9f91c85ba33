"""Text in, findings out: quotes, who said them, resolutions cited."""

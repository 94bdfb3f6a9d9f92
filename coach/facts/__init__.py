"""What may be said: figures of one session, of a history, of the last seconds."""

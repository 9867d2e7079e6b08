"""What a lot holds, what may be sold, what tax is on it, what may leave the gate. Pure."""

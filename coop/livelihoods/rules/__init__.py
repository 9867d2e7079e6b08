"""What a household earns against what it needs; kit, other livelihoods, the common fund. Pure."""

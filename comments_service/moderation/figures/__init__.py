"""How moderation goes: volume, who decides, how long it takes, how far people and the machine agree. Reads only."""

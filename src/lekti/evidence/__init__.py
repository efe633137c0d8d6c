"""The evidence room: records, claims and their check; the only room that calls the network, on command."""

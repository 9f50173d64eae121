package io.parley.bench.capacity;

/// What a wish needs. An installation is what shares one database: its servers hear of each other,
/// and whoever is in one conversation is in one installation.
///
/// @param installations the fewest that carry it, 0 if no number does
/// @param serversEach of an installation
/// @param byCores servers that the processor time alone asks for, of an installation
/// @param byMemory the same of the memory
/// @param hearing which part of each server's cores goes into hearing of the others, 0 to 1
/// @param turn which part of what a database takes is used, 0 to 1
/// @param bus the same of the live way
/// @param diskBytes of one installation's database, after all days that messages are kept
/// @param limit what is used up first
public record Need(
    int installations,
    int serversEach,
    double byCores,
    double byMemory,
    double hearing,
    double turn,
    double bus,
    double diskBytes,
    String limit) {}

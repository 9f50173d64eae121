package io.parley.bench.capacity;

/// What the parts were measured to take: see docs/CAPACITY.md for the runs. Processor time is of
/// one core of that machine.
///
/// @param sendUs a server's, microseconds for a durable send in a conversation of two, its push
///     included
/// @param pushUs the same for a push to one more connection
/// @param hearUs the same to hear of what another server stored
/// @param loginUs the same for a login of an account that is remembered
/// @param pingUs the same for one heartbeat of a connection
/// @param turnSends durable sends a second that one database takes from all its servers together
/// @param busEvents events a second that one Valkey or Redis takes and gives to every server
/// @param socketBytes of a server's memory for a connection that is authenticated and quiet
/// @param kernelBytes of the kernel's memory for the same, its buffers empty
/// @param serverBytes of a server's memory without connections
/// @param messageBytes of the database's disk for a message of 64 characters, indexes included
public record Measured(
    double sendUs,
    double pushUs,
    double hearUs,
    double loginUs,
    double pingUs,
    double turnSends,
    double busEvents,
    double socketBytes,
    double kernelBytes,
    double serverBytes,
    double messageBytes) {}

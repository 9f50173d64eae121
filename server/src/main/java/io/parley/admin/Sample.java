package io.parley.admin;

/// How the server was during one step of [Vitals].
///
/// @param at the step's end, epoch milliseconds
/// @param requests,messages,deliveries,logins,faults a second: HTTP, gRPC and socket requests;
///     messages stored; pushes; sessions opened; requests that were refused or failed
/// @param sockets,gateways connected now
/// @param heapBytes,rssBytes in use; `rssBytes` 0 where the system does not tell
/// @param gcMs milliseconds spent collecting garbage
/// @param writesWaiting writes queued for the store
/// @param writeP50Us,writeP99Us microseconds from queueing a write to its commit on disk
/// @param eventsWaiting events queued for delivery
/// @param cuts connections cut because they did not read
public record Sample(
    long at,
    double requests,
    double messages,
    double deliveries,
    double logins,
    double faults,
    long sockets,
    long gateways,
    long heapBytes,
    long rssBytes,
    long gcMs,
    long writesWaiting,
    long writeP50Us,
    long writeP99Us,
    long eventsWaiting,
    long cuts) {}

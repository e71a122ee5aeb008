package io.numa.avatar.benchmarks.tasks;

/**
 * The traffic between a client and a server.
 *
 * @param sent bytes to the server
 * @param received bytes from it
 * @param roundTrips requests, each with its answer
 * @param waited from the first byte of each request to the last of its answer, in nanoseconds
 */
record Traffic(long sent, long received, long roundTrips, long connections, long waited) {
  static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);

  Traffic plus(Traffic other) {
    return new Traffic(
        sent + other.sent,
        received + other.received,
        roundTrips + other.roundTrips,
        connections + other.connections,
        waited + other.waited);
  }
}

package io.numa.avatar.benchmarks.tasks;

/**
 * The traffic between a client and a server.
 *
 * @param sent the bytes sent to the server
 * @param received the bytes received from the server
 * @param roundTrips the number of requests with their answers
 * @param waited the total time from the first byte of a request to the last byte of its answer, in
 *     nanoseconds
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

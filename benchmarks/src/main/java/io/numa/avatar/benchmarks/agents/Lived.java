package io.numa.avatar.benchmarks.agents;

/** How long an agent took to get ready, to work and to end, in nanoseconds. */
record Lived(long start, long turn, long end) {
  long edges() {
    return start + end;
  }
}

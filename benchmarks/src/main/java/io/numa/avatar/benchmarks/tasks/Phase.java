package io.numa.avatar.benchmarks.tasks;

/** The state in which a task begins. */
enum Phase {
  /** Nothing; an avatar's JVM has just started. */
  COLD("cold"),
  /** Nothing, but the avatar's JVM has worked before. */
  COLD_IN_WARM_JVM("cold, warm JVM"),
  /** What the first task left, which is all that the JVM has done. */
  FIRST_WARM("first warm"),
  /** What many tasks left; the branch they start from has moved by a commit since the last. */
  MOVED("warm, branch moved"),
  /** What many tasks left; the branch they start from is where it was. */
  UNMOVED("warm, not moved");

  private final String words;

  Phase(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}

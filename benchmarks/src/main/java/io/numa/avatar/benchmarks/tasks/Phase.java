package io.numa.avatar.benchmarks.tasks;

/** The state in which a task begins. */
enum Phase {
  /** No files; the avatar's JVM has just started. */
  COLD("cold"),
  /** No files, but the avatar's JVM has worked before. */
  COLD_IN_WARM_JVM("cold, warm JVM"),
  /** The files of the first task, which is the only one that the JVM has done. */
  FIRST_WARM("first warm"),
  /** The files of many tasks; their base branch has moved by one commit since the last task. */
  MOVED("warm, branch moved"),
  /** The files of many tasks; their base branch has not moved. */
  UNMOVED("warm, not moved");

  private final String words;

  Phase(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}

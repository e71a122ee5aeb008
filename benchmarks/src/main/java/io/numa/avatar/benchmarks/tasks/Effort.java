package io.numa.avatar.benchmarks.tasks;

/**
 * How often each measurement is repeated.
 *
 * @param colds first tasks, each of a new JVM
 * @param rounds of warm tasks, one task for each side
 * @param tens how often ten tasks are carried out two at a time
 */
record Effort(int colds, int rounds, int tens) {
  static final Effort QUICK = new Effort(1, 3, 1);
  static final Effort FULL = new Effort(3, 11, 3);

  Effort withRounds(int newRounds) {
    return new Effort(colds, newRounds, tens);
  }
}

package io.numa.avatar.cli.console.operation;

/** A number with the word that fits it. */
final class Count {
  private Count() {}

  static String of(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }
}

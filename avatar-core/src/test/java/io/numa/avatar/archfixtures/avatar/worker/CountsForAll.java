package io.numa.avatar.archfixtures.avatar.worker;

/** Breaks: statics never change, by a field that is not final. */
final class CountsForAll {
  static int count;

  private CountsForAll() {}
}

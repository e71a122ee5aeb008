package io.numa.avatar.process.sandbox.helper;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Lists of words. */
final class Lists {
  private Lists() {}

  @SafeVarargs
  static List<String> join(Collection<String>... lists) {
    return Stream.of(lists).flatMap(Collection::stream).toList();
  }
}

package io.numa.avatar.process.sandbox.helper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Lists of words. */
final class Lists {
  private Lists() {}

  @SafeVarargs
  static List<String> join(Collection<String>... lists) {
    var all = new ArrayList<String>();
    for (Collection<String> list : lists) {
      all.addAll(list);
    }
    return List.copyOf(all);
  }
}

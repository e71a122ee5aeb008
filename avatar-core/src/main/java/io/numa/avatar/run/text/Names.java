package io.numa.avatar.run.text;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists names in messages. */
public final class Names {
  private Names() {}

  /** The first names, such as {@code a, b and 3 more}. */
  public static String first(int limit, List<String> names) {
    return first(limit, names, Function.identity());
  }

  /**
   * The names of the first things.
   *
   * @param name gives the name of one thing; called for those that are named only
   */
  public static <T> String first(int limit, List<T> things, Function<? super T, String> name) {
    int more = things.size() - limit;
    return things.stream()
        .limit(limit)
        .map(name)
        .collect(Collectors.joining(", ", "", more > 0 ? " and " + more + " more" : ""));
  }
}

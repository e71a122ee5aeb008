package io.numa.avatar.document;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that the author of an unknown one probably meant. */
public final class NearestName {
  private NearestName() {}

  /** Returns the nearest known name; empty if none is near enough for a typing error. */
  public static Optional<String> of(String name, Collection<String> known) {
    String wanted = plain(name);
    String best = null;
    int least = Math.max(1, wanted.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(wanted, plain(candidate));
      if (distance < least) {
        best = candidate;
        least = distance;
      }
    }
    return Optional.ofNullable(best)
        .or(() -> known.stream().filter(other -> begins(plain(other), wanted)).findFirst());
  }

  private static boolean begins(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    return shorter >= 3 && one.regionMatches(0, other, 0, shorter);
  }

  /**
   * The name in lower case without separators, so that {@code apiToken} is near {@code api_token}.
   */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[_\\-]", "");
  }

  /** The number of edits: characters to add, drop, change, or swap with their neighbour. */
  private static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int step(int[][] cost, String from, String to, int i, int j) {
    int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
    least = Math.min(least, cost[i - 1][j - 1] + change);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}

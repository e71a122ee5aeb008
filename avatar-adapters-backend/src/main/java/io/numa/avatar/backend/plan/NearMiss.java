package io.numa.avatar.backend.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the word that somebody meant. */
final class NearMiss {
  private NearMiss() {}

  /** The end of a sentence about an unknown word: what was meant, or what there is. */
  static String hint(String word, List<String> known) {
    String plain = word.toLowerCase(Locale.ROOT).replace('-', '_');
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(plain, candidate)))
        .filter(nearest -> distance(plain, nearest) <= Math.max(1, nearest.length() / 3))
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElseGet(() -> "; known are " + String.join(", ", known));
  }

  /** How many letters to add, drop, change or swap with their neighbour. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}

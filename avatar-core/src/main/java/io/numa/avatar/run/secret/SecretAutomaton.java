package io.numa.avatar.run.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Secret;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds all forms of all secrets at once, byte by byte: an automaton after Aho and Corasick.
 *
 * <p>A state is the beginning of a form that the last bytes are; states are numbered breadth first,
 * so that those near the start, where most of any text leads to, lie together, and the children of
 * each lie in a row. The first states have a table for every byte; those behind it, of which there
 * may be many, know their children and where else to look only. That makes at most 17 bytes for
 * each byte of the forms, and {@value #TABLE} entries of 4 bytes for the table. Immutable.
 */
public final class SecretAutomaton {
  /** What fits into the cache nearest to a core, or the one behind it. */
  private static final int TABLE = 1 << 16;

  /** Where each byte value leads from the start of the table's rows. */
  private final int[] columns = new int[256];

  /** For the first states: the state behind each state and column. */
  private final int[] table;

  private final int width;
  private final int tabled;

  /** The first child of each state; the last is the one before the first of the next state. */
  private final int[] children;

  /** The byte that leads to each state. */
  private final byte[] label;

  /** The state of the longest ending of what was read that begins another form. */
  private final int[] fallback;

  /** How many of the bytes last read may be the beginning of a secret. */
  private final int[] depth;

  /** The length of the longest form that ends here, or 0. */
  private final int[] matched;

  /** States where a secret ends for sure. */
  private final BitSet sure = new BitSet();

  private int states = 1;

  private SecretAutomaton(SortedMap<byte[], Boolean> forms) {
    byte[][] sorted = forms.keySet().toArray(byte[][]::new);
    int size = 1 + Arrays.stream(sorted).mapToInt(form -> form.length).sum();
    children = new int[size + 1];
    label = new byte[size];
    fallback = new int[size];
    depth = new int[size];
    matched = new int[size];
    grow(sorted, forms);
    linkFallbacks();
    width = 1 + assignColumns();
    tabled = Math.min(states, TABLE / width);
    table = new int[tabled * width];
    fillTable();
  }

  /** Builds the automaton of all forms of {@code secrets}. */
  static SecretAutomaton of(Collection<Secret> secrets) {
    var forms = new TreeMap<byte[], Boolean>(Arrays::compare);
    for (Secret secret : secrets) {
      SecretForms all = SecretForms.of(secret);
      all.lines().forEach(form -> forms.putIfAbsent(form.getBytes(UTF_8), false));
      for (String form : all.whole()) {
        byte[] bytes = form.getBytes(UTF_8);
        forms.put(bytes, bytes.length >= SecretForms.SHORTEST_SURE);
      }
    }
    return new SecretAutomaton(forms);
  }

  /** Makes the states: each stands for the run of sorted forms that begin alike. */
  private void grow(byte[][] sorted, SortedMap<byte[], Boolean> forms) {
    var from = new int[label.length];
    var to = new int[label.length];
    to[0] = sorted.length;
    for (int state = 0; state < states; state++) {
      children[state] = states;
      int at = from[state];
      if (at < to[state] && sorted[at].length == depth[state]) {
        matched[state] = depth[state];
        sure.set(state, Boolean.TRUE.equals(forms.get(sorted[at])));
        at++;
      }
      while (at < to[state]) {
        byte unit = sorted[at][depth[state]];
        label[states] = unit;
        depth[states] = depth[state] + 1;
        from[states] = at;
        while (at < to[state] && sorted[at][depth[state]] == unit) {
          at++;
        }
        to[states++] = at;
      }
    }
    children[states] = states;
  }

  private void linkFallbacks() {
    for (int state = 0; state < states; state++) {
      for (int child = children[state]; child < children[state + 1]; child++) {
        int detour = state == 0 ? 0 : search(fallback[state], label[child]);
        fallback[child] = detour;
        matched[child] = Math.max(matched[child], matched[detour]);
        sure.set(child, sure.get(child) || sure.get(detour));
      }
    }
  }

  /** Where a byte leads, without the table. */
  private int search(int from, byte unit) {
    for (int state = from; ; state = fallback[state]) {
      for (int child = children[state]; child < children[state + 1]; child++) {
        if (label[child] == unit) {
          return child;
        }
      }
      if (state == 0) {
        return 0;
      }
    }
  }

  /** Gives a column to each byte that occurs in a form; the others share column 0. */
  private int assignColumns() {
    int assigned = 0;
    for (int state = 1; state < states; state++) {
      if (columns[label[state] & 0xff] == 0) {
        columns[label[state] & 0xff] = ++assigned;
      }
    }
    return assigned;
  }

  private void fillTable() {
    for (int state = 0; state < tabled; state++) {
      System.arraycopy(table, fallback[state] * width, table, state * width, width);
      for (int child = children[state]; child < children[state + 1]; child++) {
        table[state * width + columns[label[child] & 0xff]] = child;
      }
    }
  }

  /** The state after another byte; the first is 0. */
  public int next(int from, byte unit) {
    int state = from;
    while (state >= tabled) {
      int end = children[state + 1];
      for (int child = children[state]; child < end; child++) {
        if (label[child] == unit) {
          return child;
        }
      }
      state = fallback[state];
    }
    return table[state * width + columns[unit & 0xff]];
  }

  /** The place of the first byte in a range that can begin a form; the end if there is none. */
  int skip(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && table[columns[bytes[at] & 0xff]] == 0) {
      at++;
    }
    return at;
  }

  /** How many of the bytes last read may be the beginning of a secret. */
  int depth(int state) {
    return depth[state];
  }

  /** The length of the longest form that ends at a state, or 0. */
  int matched(int state) {
    return matched[state];
  }

  /** Whether what ends at a state is a secret for sure, and not by chance or a line of it only. */
  public boolean givesAway(int state) {
    return sure.get(state);
  }

  /** How many states there are. */
  int size() {
    return states;
  }

  /** The length of the longest form. */
  int longest() {
    return depth[states - 1];
  }
}

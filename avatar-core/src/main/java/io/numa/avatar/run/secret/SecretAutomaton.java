package io.numa.avatar.run.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Secret;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds all forms of all secrets at once, byte by byte: an Aho-Corasick automaton.
 *
 * <p>A state stands for the beginning of a form that the last bytes match. States are numbered
 * breadth first: the states near the start, which most text leads to, are next to each other, and
 * so are the children of each state. The first states have a table with an entry for every byte.
 * All later states, which may be many, have only their children and a fallback. This takes at most
 * 17 bytes for each byte of the forms, and {@value #TABLE} entries of 4 bytes for the table. Most
 * text is skipped without it, as no form begins with any four bytes of it. Immutable.
 */
final class SecretAutomaton {
  /** The most entries of the table: it fits into a core's first or second cache. */
  private static final int TABLE = 1 << 16;

  /** How many bytes tell that no form begins with them. */
  private static final int BEGINNING = SecretForms.SHORTEST;

  private static final int HASH_BITS = 16;

  private static final VarHandle FOUR =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** A bit for each hash of four bytes: whether a form may begin with them. */
  private final long[] beginnings = new long[(1 << HASH_BITS) / Long.SIZE];

  /** The first state that stands for {@value #BEGINNING} bytes. */
  private final int deep;

  /** The table's column for each byte value. */
  private final int[] columns = new int[256];

  /** The next state for each of the first states and each column. */
  private final int[] table;

  private final int width;
  private final int tabled;

  /**
   * The first child of each state. Its last child is the one before the first child of the next
   * state.
   */
  private final int[] children;

  /** The byte that leads to each state. */
  private final byte[] label;

  /** The state of the longest proper ending of the read bytes that begins another form. */
  private final int[] fallback;

  /** How many of the last read bytes may be the beginning of a secret. */
  private final int[] depth;

  /** The length of the longest form that ends here, or 0. */
  private final int[] matched;

  private int states = 1;

  private SecretAutomaton(SortedSet<byte[]> forms) {
    byte[][] sorted = forms.toArray(byte[][]::new);
    int size = 1 + Arrays.stream(sorted).mapToInt(form -> form.length).sum();
    children = new int[size + 1];
    label = new byte[size];
    fallback = new int[size];
    depth = new int[size];
    matched = new int[size];
    grow(sorted);
    deep = noteBeginnings(sorted);
    linkFallbacks();
    width = 1 + assignColumns();
    tabled = Math.min(states, TABLE / width);
    table = new int[tabled * width];
    fillTable();
  }

  /** Builds the automaton of all forms of {@code secrets}. */
  static SecretAutomaton of(Collection<Secret> secrets) {
    var forms = new TreeSet<byte[]>(Arrays::compare);
    for (Secret secret : secrets) {
      SecretForms all = SecretForms.of(secret);
      all.lines().forEach(form -> forms.add(form.getBytes(UTF_8)));
      all.whole().forEach(form -> forms.add(form.getBytes(UTF_8)));
    }
    return new SecretAutomaton(forms);
  }

  /** Builds the automaton of the given forms, which are sorted as bytes with a sign. */
  static SecretAutomaton finding(SortedSet<byte[]> forms) {
    return new SecretAutomaton(forms);
  }

  /** Creates the states. Each stands for the consecutive sorted forms with the same beginning. */
  private void grow(byte[][] sorted) {
    var from = new int[label.length];
    var to = new int[label.length];
    to[0] = sorted.length;
    for (int state = 0; state < states; state++) {
      children[state] = states;
      int at = from[state];
      if (at < to[state] && sorted[at].length == depth[state]) {
        matched[state] = depth[state];
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

  private int noteBeginnings(byte[][] forms) {
    for (byte[] form : forms) {
      int hash = hash((int) FOUR.get(form, 0));
      beginnings[hash / Long.SIZE] |= 1L << hash;
    }
    int state = 0;
    while (state < states && depth[state] < BEGINNING) {
      state++;
    }
    return state;
  }

  private void linkFallbacks() {
    for (int state = 0; state < states; state++) {
      for (int child = children[state]; child < children[state + 1]; child++) {
        int detour = state == 0 ? 0 : search(fallback[state], label[child]);
        fallback[child] = detour;
        matched[child] = Math.max(matched[child], matched[detour]);
      }
    }
  }

  /** The next state after a byte, without the table. */
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

  /** Assigns a column to each byte that occurs in a form. All other bytes share column 0. */
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

  /** The next state after another byte; the start state is 0. */
  int next(int from, byte unit) {
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

  /**
   * The index of the first byte in a range at which a form may begin; {@code end} if there is none.
   * It looks at the next bytes, too, as far as they are in the range.
   */
  int skip(byte[] bytes, int from, int end) {
    int at = from;
    while (at + BEGINNING <= end && !mayBegin((int) FOUR.get(bytes, at))) {
      at++;
    }
    while (at + BEGINNING > end && at < end && table[columns[bytes[at] & 0xff]] == 0) {
      at++;
    }
    return at;
  }

  private boolean mayBegin(int four) {
    int hash = hash(four);
    return (beginnings[hash / Long.SIZE] & (1L << hash)) != 0; // shifts by the last 6 bits
  }

  private static int hash(int four) {
    return (four * 0x9E3779B1) >>> (Integer.SIZE - HASH_BITS);
  }

  /** Whether a state stands for less than {@value #BEGINNING} bytes, so that no form ends there. */
  boolean isShallow(int state) {
    return state < deep;
  }

  /** How many of the last read bytes may be the beginning of a secret. */
  int depth(int state) {
    return depth[state];
  }

  /** The length of the longest form that ends at a state, or 0. */
  int matched(int state) {
    return matched[state];
  }

  /** Whether there is no form to find. */
  boolean isEmpty() {
    return states == 1;
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

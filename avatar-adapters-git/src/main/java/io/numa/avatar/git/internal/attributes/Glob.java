package io.numa.avatar.git.internal.attributes;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A shell pattern of gitignore(5), compiled. It matches bytes: each character of the pattern and of
 * the matched text is a byte. The time that a match takes is at most the product of the lengths,
 * for any pattern; of the pattern's length, only what can match a path counts.
 */
final class Glob {
  private static final int BYTES = 256;

  /** In bytes; no path of a tree is longer. A pattern that needs more bytes matches nothing. */
  private static final int LONGEST = 4096;

  private static final String SPECIAL = "*?[\\";

  private static final Map<String, BitSet> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", bytes(c -> isLetter(c) || isDigit(c))),
          Map.entry("alpha", bytes(Glob::isLetter)),
          Map.entry("blank", bytes(c -> c == ' ' || c == '\t')),
          Map.entry("cntrl", bytes(c -> c < ' ' || c == 127)),
          Map.entry("digit", bytes(Glob::isDigit)),
          Map.entry("graph", bytes(c -> c > ' ' && c < 127)),
          Map.entry("lower", bytes(c -> c >= 'a' && c <= 'z')),
          Map.entry("print", bytes(c -> c >= ' ' && c < 127)),
          Map.entry("punct", bytes(c -> c > ' ' && c < 127 && !isLetter(c) && !isDigit(c))),
          Map.entry("space", bytes(c -> c == ' ' || c == '\t' || c == '\n' || c == '\r')),
          Map.entry("upper", bytes(c -> c >= 'A' && c <= 'Z')),
          Map.entry("xdigit", bytes(c -> isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'))));

  /** Shared by all patterns, as patterns consist mostly of single bytes. */
  private static final List<BitSet> ONLY =
      IntStream.range(0, BYTES).mapToObj(only -> bytes(c -> c == only)).toList();

  private static final BitSet NONE = new BitSet();
  private static final BitSet ALL = bytes(c -> true);
  private static final BitSet ALL_BUT_SLASH = bytes(c -> c != '/');

  private final List<Item> items;

  private Glob(List<Item> items) {
    this.items = items;
  }

  /** How often an item of a pattern may occur. */
  private enum Times {
    ONCE,
    ANY,

    /** Never; the next item and the slash after it may be left out. */
    NEVER
  }

  private record Item(BitSet bytes, Times times) {}

  /** How many characters of a text are before the first special one. */
  static int literalLength(String text) {
    int end = 0;
    while (end < text.length() && SPECIAL.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Compiles a pattern; empty if it can match nothing, such as one with an open bracket. */
  static Optional<Glob> of(String pattern) {
    var parser = new Parser(pattern);
    return parser.parse() ? Optional.of(new Glob(parser.items)) : Optional.empty();
  }

  /**
   * Whether it matches a whole text.
   *
   * @throws PortException of kind {@code DENIED} if the budget is spent
   */
  boolean matches(String text, PatternBudget budget) {
    var states = new BitSet(items.size() + 1);
    var next = new BitSet(items.size() + 1);
    enter(0, states);
    for (int i = 0; i < text.length() && !states.isEmpty(); i++) {
      budget.spend(states.cardinality());
      for (int at = states.nextSetBit(0); at >= 0; at = states.nextSetBit(at + 1)) {
        if (at < items.size() && items.get(at).bytes().get(text.charAt(i))) {
          enter(items.get(at).times() == Times.ONCE ? at + 1 : at, next);
        }
      }
      BitSet before = states;
      states = next;
      next = before;
      next.clear();
    }
    return states.get(items.size());
  }

  /** Adds a state, and those that it leads to without a byte. */
  private void enter(int from, BitSet states) {
    int at = from;
    while (!states.get(at)) {
      states.set(at);
      if (at == items.size() || items.get(at).times() == Times.ONCE) {
        return;
      }
      if (items.get(at).times() == Times.NEVER) {
        enter(at + 3, states);
      }
      at++;
    }
  }

  private static boolean isLetter(int c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static BitSet bytes(IntPredicate wanted) {
    var bytes = new BitSet(BYTES);
    IntStream.range(0, BYTES).filter(wanted).forEach(bytes::set);
    return bytes;
  }

  /** Reads a pattern from left to right. */
  private static final class Parser {
    private final String pattern;
    private final List<Item> items = new ArrayList<>();
    private int at;

    /** How many bytes a text needs at least. */
    private int needed;

    private int bracket;

    Parser(String pattern) {
      this.pattern = pattern;
    }

    /** Whether the pattern is well-formed and can match a path. */
    boolean parse() {
      while (at < pattern.length()) {
        char c = pattern.charAt(at++);
        boolean wellFormed =
            switch (c) {
              case '*' -> parseStars();
              case '?' -> add(ALL_BUT_SLASH);
              case '[' -> parseSet();
              case '\\' -> at < pattern.length() && add(ONLY.get(pattern.charAt(at++)));
              default -> add(ONLY.get(c));
            };
        if (!wellFormed || needed > LONGEST) {
          return false;
        }
      }
      return true;
    }

    private boolean add(BitSet bytes) {
      needed++;
      return items.add(new Item(bytes, Times.ONCE));
    }

    /** Two or more asterisks cross slashes if they are a whole name of the path. */
    private boolean parseStars() {
      int start = at - 1;
      at = endOfStars();
      boolean crosses =
          at - start > 1
              && (start == 0 || pattern.charAt(start - 1) == '/')
              && (at == pattern.length() || isNext('/') || pattern.startsWith("\\/", at));
      if (crosses && isNext('/')) {
        return parseFolders();
      }
      return items.add(new Item(crosses ? ALL : ALL_BUT_SLASH, Times.ANY));
    }

    /** Any number of folders, also none. Stars and slashes that follow mean the same again. */
    private boolean parseFolders() {
      at++;
      for (int end = endOfStars(); end - at > 1 && isAt(end, '/'); end = endOfStars()) {
        at = end + 1;
      }
      items.add(new Item(NONE, Times.NEVER));
      items.add(new Item(ALL, Times.ANY));
      return items.add(new Item(ONLY.get('/'), Times.ONCE));
    }

    private int endOfStars() {
      int end = at;
      while (isAt(end, '*')) {
        end++;
      }
      return end;
    }

    private boolean isAt(int index, char c) {
      return index < pattern.length() && pattern.charAt(index) == c;
    }

    /** The next closing bracket; negative if there is none. It is searched once. */
    private int nextBracket(int from) {
      if (bracket < from) {
        bracket = pattern.indexOf(']', from);
      }
      return bracket;
    }

    private boolean isNext(char c) {
      return isAt(at, c);
    }

    private boolean parseSet() {
      boolean negated = isNext('!') || isNext('^');
      at += negated ? 1 : 0;
      var bytes = new BitSet(BYTES);
      int previous = 0; // the beginning of a range, if a hyphen follows
      int first = at;
      while (at == first || !isNext(']')) {
        if (at >= pattern.length()) {
          return false;
        }
        char c = pattern.charAt(at++);
        if (c == '[' && isNext(':')) {
          int end = nextBracket(at + 1);
          if (end < 0) {
            return false;
          }
          if (end > at + 1 && pattern.charAt(end - 1) == ':') {
            BitSet named = CLASSES.get(pattern.substring(at + 1, end - 1));
            if (named == null) {
              return false;
            }
            bytes.or(named);
            at = end + 1;
            previous = 0;
            continue;
          }
        }
        boolean range =
            c == '-' && previous != 0 && at < pattern.length() && pattern.charAt(at) != ']';
        if (range) {
          c = pattern.charAt(at++);
        }
        if (c == '\\') {
          if (at >= pattern.length()) {
            return false;
          }
          c = pattern.charAt(at++);
        }
        if (range && previous <= c) {
          bytes.set(previous, c + 1);
        } else if (!range) {
          bytes.set(c);
        }
        previous = range ? 0 : c;
      }
      at++;
      if (negated) {
        bytes.flip(0, BYTES);
      }
      bytes.clear('/');
      return add(bytes);
    }
  }
}

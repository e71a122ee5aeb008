package io.numa.avatar.git.internal.attributes;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A shell pattern of gitignore(5), compiled. It matches bytes: each character of the pattern and of
 * the matched text is a byte. The time that a match takes is at most the product of the lengths,
 * for any pattern.
 */
final class Glob {
  private static final int BYTES = 256;
  private static final String SPECIAL = "*?[\\";

  private static final Map<String, IntPredicate> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", c -> isLetter(c) || isDigit(c)),
          Map.entry("alpha", Glob::isLetter),
          Map.entry("blank", c -> c == ' ' || c == '\t'),
          Map.entry("cntrl", c -> c < ' ' || c == 127),
          Map.entry("digit", Glob::isDigit),
          Map.entry("graph", c -> c > ' ' && c < 127),
          Map.entry("lower", c -> c >= 'a' && c <= 'z'),
          Map.entry("print", c -> c >= ' ' && c < 127),
          Map.entry("punct", c -> c > ' ' && c < 127 && !isLetter(c) && !isDigit(c)),
          Map.entry("space", c -> c == ' ' || c == '\t' || c == '\n' || c == '\r'),
          Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
          Map.entry("xdigit", c -> isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')));

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

  boolean matches(String text) {
    var states = new BitSet(items.size() + 1);
    enter(0, states);
    for (int i = 0; i < text.length() && !states.isEmpty(); i++) {
      var next = new BitSet(items.size() + 1);
      for (int at = states.nextSetBit(0); at >= 0; at = states.nextSetBit(at + 1)) {
        if (at < items.size() && items.get(at).bytes().get(text.charAt(i))) {
          enter(items.get(at).times() == Times.ONCE ? at + 1 : at, next);
        }
      }
      states = next;
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

  private static BitSet all() {
    var bytes = new BitSet(BYTES);
    bytes.set(0, BYTES);
    return bytes;
  }

  private static BitSet allButSlash() {
    BitSet bytes = all();
    bytes.clear('/');
    return bytes;
  }

  private static BitSet only(char c) {
    var bytes = new BitSet(BYTES);
    bytes.set(c);
    return bytes;
  }

  /** Reads a pattern from left to right. */
  private static final class Parser {
    private final String pattern;
    private final List<Item> items = new ArrayList<>();
    private int at;

    Parser(String pattern) {
      this.pattern = pattern;
    }

    /** Whether the pattern is well-formed. */
    boolean parse() {
      while (at < pattern.length()) {
        char c = pattern.charAt(at++);
        boolean wellFormed =
            switch (c) {
              case '*' -> parseStars();
              case '?' -> add(allButSlash());
              case '[' -> parseSet();
              case '\\' -> at < pattern.length() && add(only(pattern.charAt(at++)));
              default -> add(only(c));
            };
        if (!wellFormed) {
          return false;
        }
      }
      return true;
    }

    private boolean add(BitSet bytes) {
      return items.add(new Item(bytes, Times.ONCE));
    }

    /** Two or more asterisks cross slashes if they are a whole name of the path. */
    private boolean parseStars() {
      int start = at - 1;
      while (isNext('*')) {
        at++;
      }
      boolean crosses =
          at - start > 1
              && (start == 0 || pattern.charAt(start - 1) == '/')
              && (at == pattern.length() || isNext('/') || pattern.startsWith("\\/", at));
      if (crosses && isNext('/')) {
        items.add(new Item(new BitSet(), Times.NEVER));
      }
      return items.add(new Item(crosses ? all() : allButSlash(), Times.ANY));
    }

    private boolean isNext(char c) {
      return at < pattern.length() && pattern.charAt(at) == c;
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
          int end = pattern.indexOf(']', at + 1);
          if (end < 0) {
            return false;
          }
          if (end > at + 1 && pattern.charAt(end - 1) == ':') {
            IntPredicate named = CLASSES.get(pattern.substring(at + 1, end - 1));
            if (named == null) {
              return false;
            }
            for (int one = 0; one < BYTES; one++) {
              bytes.set(one, bytes.get(one) || named.test(one));
            }
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

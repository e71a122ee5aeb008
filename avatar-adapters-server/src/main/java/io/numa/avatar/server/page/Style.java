package io.numa.avatar.server.page;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a terminal shows characters (SGR), as far as pages show it.
 *
 * @param colour of the 16 named ones; -1 for none, and for all others
 */
record Style(int colour, Set<Trait> traits) {
  static final Style PLAIN = new Style(-1, Set.of());

  /** What a character can have beside a colour. */
  enum Trait {
    BOLD(1),
    FAINT(2),
    ITALIC(3),
    UNDER_LINE(4),
    TURNED(7),
    STRUCK(9);

    private final int code;

    Trait(int code) {
      this.code = code;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The names of its classes in the style sheet. */
  String classes() {
    var classes = new ArrayList<String>();
    if (colour >= 0) {
      classes.add("c" + colour);
    }
    traits.stream().sorted().map(Trait::word).forEach(classes::add);
    return String.join(" ", classes);
  }

  /**
   * The style after a sequence.
   *
   * @param parameters digits, semicolons and colons
   */
  Style after(String parameters) {
    Style style = this;
    List<String> codes = List.of(parameters.split(";", -1));
    for (int i = 0; i < codes.size(); i++) {
      int code = number(codes.get(i));
      if (code == 38 || code == 48) {
        i += i + 1 < codes.size() && number(codes.get(i + 1)) == 5 ? 2 : 4;
      } else {
        style = style.after(code);
      }
    }
    return style;
  }

  private static int number(String code) {
    if (code.isEmpty()) {
      return 0;
    }
    return code.length() <= 3 && code.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Integer.parseInt(code)
        : -1;
  }

  private Style after(int code) {
    if (code == 0) {
      return PLAIN;
    }
    if (code >= 30 && code <= 37) {
      return new Style(code - 30, traits);
    }
    if (code >= 90 && code <= 97) {
      return new Style(code - 90 + 8, traits);
    }
    if (code == 39) {
      return new Style(-1, traits);
    }
    return new Style(colour, traitsAfter(code));
  }

  private Set<Trait> traitsAfter(int code) {
    Set<Trait> after = EnumSet.noneOf(Trait.class);
    after.addAll(traits);
    for (Trait trait : Trait.values()) {
      if (code == trait.code) {
        after.add(trait);
      }
      boolean ends = code == 20 + trait.code || (code == 22 && trait == Trait.BOLD);
      if (ends) {
        after.remove(trait);
      }
    }
    return after;
  }
}

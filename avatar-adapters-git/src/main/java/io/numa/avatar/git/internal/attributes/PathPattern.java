package io.numa.avatar.git.internal.attributes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.numa.avatar.plan.WorkspacePath;
import java.util.Optional;

/**
 * The pattern of a line in {@code .gitignore} or {@code .gitattributes}. Each character of it and
 * of the matched paths is a byte.
 */
public final class PathPattern {
  private final boolean negative;
  private final boolean foldersOnly;
  private final boolean nameOnly;
  private final String literal;
  private final String rest;

  /** Compiled when first needed; most patterns are a name, or begin with their only asterisk. */
  private Optional<Glob> glob = Optional.empty();

  private boolean compiled;

  private PathPattern(boolean negative, boolean foldersOnly, boolean nameOnly, String pattern) {
    this.negative = negative;
    this.foldersOnly = foldersOnly;
    this.nameOnly = nameOnly;
    int end = Glob.literalLength(pattern);
    this.literal = pattern.substring(0, end);
    this.rest = pattern.substring(end);
  }

  /** A line's pattern. */
  public static PathPattern of(String text) {
    boolean negative = text.startsWith("!");
    String pattern = negative ? text.substring(1) : text;
    boolean foldersOnly = pattern.endsWith("/");
    if (foldersOnly) {
      pattern = pattern.substring(0, pattern.length() - 1);
    }
    boolean nameOnly = pattern.indexOf('/') < 0;
    return new PathPattern(
        negative, foldersOnly, nameOnly, pattern.startsWith("/") ? pattern.substring(1) : pattern);
  }

  /** A text as one whose characters are its bytes, as patterns and paths must be. */
  public static String bytes(String text) {
    return text.chars().allMatch(c -> c < 0x80)
        ? text
        : new String(WorkspacePath.encode(text), ISO_8859_1);
  }

  boolean isNegative() {
    return negative;
  }

  /**
   * Whether it matches a path.
   *
   * @param path relative to the folder of the pattern's file
   * @throws io.numa.avatar.port.PortException of kind {@code DENIED} if the budget is spent
   */
  public boolean matches(String path, boolean folder, PatternBudget budget) {
    budget.spend(1);
    if (foldersOnly && !folder) {
      return false;
    }
    String subject = nameOnly ? path.substring(path.lastIndexOf('/') + 1) : path;
    if (rest.isEmpty()) {
      return subject.equals(literal);
    }
    if (nameOnly && isSuffix()) {
      return subject.endsWith(rest.substring(1));
    }
    return subject.startsWith(literal) && matchesRest(subject.substring(literal.length()), budget);
  }

  private boolean isSuffix() {
    return literal.isEmpty()
        && rest.charAt(0) == '*'
        && Glob.literalLength(rest.substring(1)) == rest.length() - 1;
  }

  private boolean matchesRest(String subject, PatternBudget budget) {
    if (!compiled) {
      glob = Glob.of(rest);
      compiled = true;
    }
    return glob.isPresent() && glob.get().matches(subject, budget);
  }
}

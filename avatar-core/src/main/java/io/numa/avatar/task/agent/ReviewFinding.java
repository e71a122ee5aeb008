package io.numa.avatar.task.agent;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a reviewer found in a change.
 *
 * @param path the file that it is about, as the reviewer names it
 * @param line the line in that file, from 1
 */
public record ReviewFinding(
    Severity severity, Optional<String> path, OptionalInt line, String text) {

  /** How bad a finding is, the worst first. */
  public enum Severity {
    /** The change must not be merged with it. */
    BLOCKER,
    MAJOR,
    MINOR,
    NOTE;

    /** The word for it in statuses and logs. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public boolean isBlocker() {
    return severity == Severity.BLOCKER;
  }
}

package io.numa.avatar.git.forge;

import io.numa.avatar.port.PortException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Adds labels and reviewers to a change request one by one, and notes those that the service
 * refuses.
 */
final class Additions {
  private final List<String> notes = new ArrayList<>();

  /** One call that adds a label or reviewer. */
  @FunctionalInterface
  interface Addition {
    void make() throws InterruptedException;
  }

  /**
   * Tries an addition. If the service refuses it, adds a note.
   *
   * @param what the end of a sentence that begins with "could not"
   */
  void attempt(String what, Addition addition) throws InterruptedException {
    try {
      addition.make();
    } catch (RefusedException e) {
      note("could not " + what + ": " + reason(e));
    }
  }

  /** The values of {@code wanted} that {@code present} lacks; upper and lower case are the same. */
  static List<String> missing(Collection<String> wanted, Collection<String> present) {
    return wanted.stream()
        .filter(one -> present.stream().noneMatch(one::equalsIgnoreCase))
        .distinct()
        .toList();
  }

  void note(String line) {
    notes.add(line);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  private static String reason(PortException failure) {
    return failure.getMessage().replaceFirst("^could not [^:]*: ", "");
  }
}

package io.numa.avatar.port.repository;

import java.util.List;

/**
 * Comments of a review that belong together: those at one place of the code, or the words of a
 * review as a whole.
 *
 * @param id where an answer goes, see {@link Reviews#answer}
 * @param place the file and line, in words; empty for a review as a whole
 * @param comments the earliest first; at least one
 */
public record ReviewThread(
    String id, String place, Standing standing, List<ReviewComment> comments) {
  public ReviewThread {
    comments = List.copyOf(comments);
    if (comments.isEmpty()) {
      throw new IllegalArgumentException("a thread has comments");
    }
  }

  /** Whether there is something to do about a thread, as far as the service tells it. */
  public enum Standing {
    OPEN,
    /** A person has marked it as done. */
    RESOLVED,
    /** It is about a commit, or lines, that are not the newest any more. */
    OUTDATED
  }
}

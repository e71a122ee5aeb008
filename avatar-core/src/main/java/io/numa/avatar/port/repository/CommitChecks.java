package io.numa.avatar.port.repository;

import java.util.List;
import java.util.Optional;

/**
 * What builds and other checks say of a commit.
 *
 * @param complete whether none of them runs or waits
 * @param failed those that have failed and count, by name
 */
public record CommitChecks(boolean complete, List<Failed> failed) {
  public CommitChecks {
    failed = List.copyOf(failed);
  }

  /**
   * A check that has failed.
   *
   * @param name of the check, as its author wrote it
   * @param text what it says about its failure; may be empty
   * @param log names its log, see {@link Reviews#logEnd}; empty if it has none there
   */
  public record Failed(String name, String text, Optional<String> log) {}
}

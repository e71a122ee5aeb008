package io.numa.avatar.port.repository;

import java.util.List;

/**
 * A change request as the service has it now.
 *
 * @param url where people find it
 * @param notes what of it the service did not take, each a line for people
 */
public record ProposedChange(String url, Standing standing, List<String> notes) {
  public ProposedChange {
    notes = List.copyOf(notes);
  }

  /** How it came to be there. */
  public enum Standing {
    /** It was opened by this call. */
    OPENED,
    /** It was open already, and has what was asked for now. */
    FOUND,
    /** A person has closed it without merging it; it stays as it is. */
    CLOSED,
    /** The commit was merged by it already. */
    MERGED
  }
}

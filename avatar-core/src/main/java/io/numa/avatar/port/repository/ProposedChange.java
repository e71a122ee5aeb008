package io.numa.avatar.port.repository;

import java.util.List;

/**
 * The current state of a change request at the service.
 *
 * @param url its web address
 * @param notes the parts that the service did not accept, each as one line for people
 */
public record ProposedChange(String url, Standing standing, List<String> notes) {
  public ProposedChange {
    notes = List.copyOf(notes);
  }

  /** How the call found or made it. */
  public enum Standing {
    /** This call opened it. */
    OPENED,
    /** It was open already; this call updated it. */
    FOUND,
    /** A person closed it without a merge; this call did not change it. */
    CLOSED,
    /** It has merged the commit already. */
    MERGED
  }
}

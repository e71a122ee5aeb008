package io.numa.avatar.task;

import java.util.Optional;

/**
 * The result for a change request that was wanted.
 *
 * @param url its address
 * @param problem why there is no change request, if there is none
 */
public record ChangeRequestReport(Optional<String> url, Optional<String> problem) {
  public static ChangeRequestReport at(String url) {
    return new ChangeRequestReport(Optional.of(url), Optional.empty());
  }

  public static ChangeRequestReport missing(String problem) {
    return new ChangeRequestReport(Optional.empty(), Optional.of(problem));
  }
}

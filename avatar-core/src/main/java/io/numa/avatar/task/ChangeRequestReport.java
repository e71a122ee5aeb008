package io.numa.avatar.task;

import java.util.Optional;

/**
 * What became of the wish for a change request.
 *
 * @param url where it is
 * @param problem why there is none, where there is none
 */
public record ChangeRequestReport(Optional<String> url, Optional<String> problem) {
  public static ChangeRequestReport at(String url) {
    return new ChangeRequestReport(Optional.of(url), Optional.empty());
  }

  public static ChangeRequestReport missing(String problem) {
    return new ChangeRequestReport(Optional.empty(), Optional.of(problem));
  }
}

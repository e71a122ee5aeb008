package io.numa.avatar.backend.settings;

import java.util.Optional;

/**
 * Which Web API is spoken, and what is particular to {@link BackendApi#V1}.
 *
 * @param assignedTo the id of a user: only tasks that are assigned to this user are ours. If empty,
 *     all are
 * @param explains whether the description of a failed task says why it failed
 */
public record DialectSettings(BackendApi api, Optional<String> assignedTo, boolean explains) {
  public static final DialectSettings DEFAULT =
      new DialectSettings(BackendApi.AUTO, Optional.empty(), false);

  public DialectSettings withApi(BackendApi other) {
    return new DialectSettings(other, assignedTo, explains);
  }

  public DialectSettings withAssignedTo(String user) {
    return new DialectSettings(api, Optional.of(user), explains);
  }

  public DialectSettings explaining() {
    return new DialectSettings(api, assignedTo, true);
  }
}

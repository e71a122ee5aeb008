package io.numa.avatar.followup;

import java.time.Duration;
import java.util.List;

/**
 * What the avatar looks after in its change requests.
 *
 * @param reviews whether review comments become follow-ups
 * @param checks whether failed checks of the newest commit do
 * @param attempts how many follow-ups there may be in a row without new input from people
 * @param from the login names of the people whose comments count; if empty, those count whom the
 *     service lets push to the repository
 * @param interval how often a change request is looked at in which something happens
 */
public record FollowUpSettings(
    boolean reviews, boolean checks, int attempts, List<String> from, Duration interval) {
  /** Looks after nothing. */
  public static final FollowUpSettings OFF =
      new FollowUpSettings(false, false, 3, List.of(), Duration.ofMinutes(2));

  public FollowUpSettings {
    from = List.copyOf(from);
  }

  boolean isOn() {
    return reviews || checks;
  }
}

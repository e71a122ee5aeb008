package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.port.repository.ChangeRequest;
import java.util.List;
import java.util.Optional;

/**
 * A change request that exists at a service.
 *
 * @param title without the mark of a draft
 * @param mark of a draft, in front of the title; empty if the service has no such marks
 * @param commit its latest commit; may be an abbreviated id
 * @param raw the service's full answer about it
 */
record Existing(
    String number,
    String url,
    State state,
    String mark,
    String title,
    String body,
    String commit,
    JsonNode raw) {

  /** The state of a change request. */
  enum State {
    OPEN,
    CLOSED,
    MERGED
  }

  /** The change request that makes a new one unnecessary; prefers an open one. */
  static Optional<Existing> settling(List<Existing> known, ChangeRequest request) {
    return known.stream()
        .filter(one -> one.state == State.OPEN)
        .findFirst()
        .or(() -> known.stream().filter(one -> one.settles(request)).findFirst());
  }

  private boolean settles(ChangeRequest request) {
    return switch (state) {
      case OPEN -> true;
      case CLOSED -> title.equals(request.title());
      case MERGED -> !commit.isEmpty() && request.pushed().commit().value().startsWith(commit);
    };
  }

  /** The action "update its text", for error messages. */
  String rewriting() {
    return "bring '" + url + "' up to date";
  }

  boolean says(ChangeRequest request) {
    return title.equals(request.title()) && same(body, request.body());
  }

  /** Compares texts; some services change line ends, and blanks at the end. */
  private static boolean same(String one, String other) {
    return one.replace("\r\n", "\n").strip().equals(other.replace("\r\n", "\n").strip());
  }
}

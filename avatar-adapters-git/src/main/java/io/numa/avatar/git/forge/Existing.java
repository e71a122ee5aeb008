package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.port.repository.ChangeRequest;
import java.util.List;
import java.util.Optional;

/**
 * A change request that a service has.
 *
 * @param title without the mark of a draft
 * @param mark of a draft, in front of the title, where the service has such
 * @param commit the latest it holds; may be the beginning of an id
 * @param raw all that the service said of it
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

  /** Where it stands. */
  enum State {
    OPEN,
    CLOSED,
    MERGED
  }

  /** The one of those that makes it needless to open another; an open one above all. */
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

  /** What giving it another text is called where it fails. */
  String rewriting() {
    return "bring '" + url + "' up to date";
  }

  boolean says(ChangeRequest request) {
    return title.equals(request.title()) && same(body, request.body());
  }

  /** Some services give line ends, and blanks at the end, back in another way. */
  private static boolean same(String one, String other) {
    return one.replace("\r\n", "\n").strip().equals(other.replace("\r\n", "\n").strip());
  }
}

package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A status or piece of log, as it was sent.
 *
 * @param key of which there are no two alike, but for repeats
 */
record TaskWrite(Optional<String> key, JsonNode body) {
  private static final Pattern STATUS_KEY = Pattern.compile(".*:status:([0-9]{1,9})");
  private static final Pattern RENEWAL_KEY = Pattern.compile(".*:renewal:[0-9]+");
  private static final Set<String> LAST_WORDS = Set.of("done", "failed", "cancelled");

  String word() {
    return body.path("status").asText();
  }

  String text() {
    return body.path("logs").asText();
  }

  JsonNode details() {
    return body.path("details");
  }

  String avatar() {
    return details().path("avatar_id").asText("");
  }

  /** Which attempt writes; a status has it among its details. */
  String attempt() {
    return body.has("details")
        ? details().path("attempt").asText("")
        : body.path("attempt").asText("");
  }

  /** Where a piece of log begins; -1 where it does not say. */
  long offset() {
    return body.path("offset").asLong(-1);
  }

  Optional<String> epoch() {
    return Optional.of(body.path("lease_epoch"))
        .filter(JsonNode::isValueNode)
        .map(JsonNode::asText);
  }

  /** Whether this status is an attempt's last. */
  boolean ends() {
    return details().hasNonNull("finished_at") || LAST_WORDS.contains(word());
  }

  /**
   * Whether this asks for a lease as if there had been none before, as an avatar does that does not
   * know whether it has lost it: a renewal without an epoch.
   */
  boolean claimsAnew() {
    return !ends() && epoch().isEmpty() && key.filter(RENEWAL_KEY.asMatchPredicate()).isPresent();
  }

  /** The number of this status among those of its attempt; 0 where the key does not tell. */
  int number() {
    Matcher matcher = STATUS_KEY.matcher(key.orElse(""));
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}

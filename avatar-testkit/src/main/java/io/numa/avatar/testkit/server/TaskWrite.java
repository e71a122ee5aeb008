package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A received status or piece of log.
 *
 * @param key its idempotency key, equal only for repeats
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

  /** The writing attempt; a status has it in its details. */
  String attempt() {
    return body.has("details")
        ? details().path("attempt").asText("")
        : body.path("attempt").asText("");
  }

  /** The offset of a piece of log; -1 if it has none. */
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
   * Whether this claims the task again: a renewal without an epoch, from an avatar that does not
   * know whether it has lost its lease.
   */
  boolean claimsAnew() {
    return !ends() && epoch().isEmpty() && key.filter(RENEWAL_KEY.asMatchPredicate()).isPresent();
  }

  /** The number of this status among those of its attempt; 0 if the key has none. */
  int number() {
    Matcher matcher = STATUS_KEY.matcher(key.orElse(""));
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}

package io.numa.avatar.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One task of a backend, and what it was told about it. Guarded by the ledger's lock. */
final class TaskRecord {
  final ObjectNode fields;
  final List<BackendEvent> events = new ArrayList<>();
  final StringBuilder log = new StringBuilder();

  private final Map<String, Long> logEnds = new HashMap<>();
  private String holder = "";
  private String holdingAttempt = "";
  private long epoch;

  TaskRecord(ObjectNode fields) {
    this.fields = fields;
  }

  boolean isHeldByOther(String avatar) {
    return !holder.isEmpty() && !holder.equals(avatar);
  }

  /** Gives the task to an avatar's attempt; one that did not hold it before gets a new epoch. */
  void hold(String avatar, String attempt) {
    if (!holder.equals(avatar) || !holdingAttempt.equals(attempt)) {
      holder = avatar;
      holdingAttempt = attempt;
      epoch++;
    }
  }

  /** Whether a write bears another epoch than the one given last. */
  boolean isFenced(JsonNode body) {
    JsonNode sent = body.path("lease_epoch");
    return !sent.isMissingNode() && sent.asLong(-1) != epoch;
  }

  ObjectNode lease(ObjectNode answer, Duration lease) {
    return answer.put("lease_seconds", lease.toSeconds()).put("lease_epoch", epoch);
  }

  void write(String word, JsonNode body) {
    events.add(new BackendEvent.StatusWritten(word, body));
    boolean cancelled = fields.path("cancel_requested").asBoolean();
    boolean last = body.path("details").has("finished_at");
    if (!cancelled || last) {
      fields.put("status", word);
    }
  }

  /** Appends what of {@code text} is new; empty if there is a gap before it. */
  Optional<String> appendAt(String attempt, long offset, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    long end = logEnds.getOrDefault(attempt, 0L);
    if (offset > end) {
      return Optional.empty();
    }
    int known = (int) Math.min(end - offset, bytes.length);
    String fresh = new String(bytes, known, bytes.length - known, UTF_8);
    logEnds.put(attempt, Math.max(end, offset + bytes.length));
    append(offset, fresh);
    return Optional.of(fresh);
  }

  void append(long offset, String text) {
    if (!text.isEmpty()) {
      log.append(text);
      events.add(new BackendEvent.LogWritten(text, offset));
    }
  }
}

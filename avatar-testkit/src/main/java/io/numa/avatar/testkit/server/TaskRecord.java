package io.numa.avatar.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.testkit.TaskHold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One task of a backend, and the reports about it. Guarded by the ledger's lock.
 *
 * <p>It records every violation of the order of delivery, even if it accepts the report.
 */
final class TaskRecord {
  final ObjectNode fields;
  final List<BackendEvent> events = new ArrayList<>();
  final StringBuilder log = new StringBuilder();
  final Map<String, AttemptRecord> attempts = new LinkedHashMap<>();
  final TaskHold hold;
  int renewals;

  private final BackendLedger ledger;
  private final Set<String> keys = new HashSet<>();
  private boolean ended;

  TaskRecord(ObjectNode fields, BackendLedger ledger) {
    this.fields = fields;
    this.ledger = ledger;
    this.hold = new TaskHold(ledger.time);
  }

  /** Whether a rich backend refuses this write. */
  boolean refuses(TaskWrite write) {
    boolean stranger = write.body().has("details") && hold.isHeldByOther(write.avatar());
    return stranger || hold.isFenced(write.epoch());
  }

  /** The logs of the attempts that have written one, in the order of the attempts. */
  List<AttemptLog> logs() {
    return attempts.values().stream()
        .map(attempt -> attempt.log.summary(attempt.id))
        .filter(log -> log.length() > 0)
        .toList();
  }

  /** The log of one attempt; empty if there is none. */
  String log(String attempt) {
    return Optional.ofNullable(attempts.get(attempt)).map(known -> known.log.text()).orElse("");
  }

  /** Whether a write with this key was accepted before. */
  boolean has(TaskWrite write) {
    return write.key().filter(keys::contains).isPresent();
  }

  /** Whether the attempt that writes has reported its final status. */
  boolean isOver(TaskWrite write) {
    return attempt(write).ended;
  }

  /** Gives the task to the writing avatar, or settles it if the status is final. */
  void hold(TaskWrite write, Optional<Duration> lease) {
    if (write.ends()) {
      hold.settle();
    } else {
      hold.claim(write.avatar(), write.attempt(), lease);
      attempt(write).leased = lease.isPresent();
    }
  }

  /** Whether this reports only that the attempt continues. */
  boolean isRenewal(TaskWrite write) {
    AttemptRecord attempt = attempt(write);
    return !write.ends()
        && attempt.begun()
        && attempt.lastDetails.equals(write.details())
        && hold.isHeldBy(write.attempt());
  }

  /** Records the violations of a status that comes too late to be accepted. */
  void noteLate(TaskWrite write) {
    check(attempt(write), write);
  }

  void write(TaskWrite write) {
    AttemptRecord attempt = attempt(write);
    if (!has(write)) {
      check(attempt, write);
      attempt.lastDetails = write.details();
      attempt.ended |= write.ends();
      ended |= write.ends();
    }
    write.key().ifPresent(keys::add);
    events.add(new BackendEvent.StatusWritten(write.word(), write.body()));
    boolean cancelled = fields.path("cancel_requested").asBoolean();
    boolean last = write.details().has("finished_at");
    if (!cancelled || last) {
      fields.put("status", write.word());
    }
  }

  private void check(AttemptRecord attempt, TaskWrite write) {
    String what = "status '" + write.word() + "'";
    if (attempt.ended) {
      violation(attempt, what + " after the last one");
    } else if (ended && write.ends()) {
      violation(attempt, what + " after another attempt's last one");
    }
    if (write.number() > 0 && write.number() < attempt.lastNumber) {
      violation(attempt, what + ", number " + write.number() + " after " + attempt.lastNumber);
    }
    attempt.lastNumber = Math.max(attempt.lastNumber, write.number());
    if (!write.claimsAnew()) {
      checkEpoch(attempt, write, what);
    }
  }

  /**
   * Appends text of an attempt at its offset.
   *
   * @param rich whether to drop known text, and to refuse text after a gap
   * @return whether it was accepted
   */
  boolean append(TaskWrite write, boolean rich) {
    AttemptRecord attempt = attempt(write);
    byte[] piece = write.text().getBytes(UTF_8);
    boolean gap = attempt.log.hasGapBefore(write.offset());
    if (gap) {
      violation(attempt, "a gap in the log before " + write.offset());
    }
    if (gap && rich) {
      return false;
    }
    if (attempt.log.contradicts(write.offset(), piece)) {
      violation(attempt, "other text than before at " + write.offset());
    }
    write.key().ifPresent(keys::add);
    byte[] fresh = attempt.log.take(write.offset(), piece);
    if (fresh.length > 0) {
      checkText(attempt, write);
    }
    show(rich ? new String(fresh, UTF_8) : write.text(), write.offset());
    return true;
  }

  private void checkText(AttemptRecord attempt, TaskWrite write) {
    String what = "text at " + write.offset();
    if (attempt.ended) {
      violation(attempt, what + " after the last status");
    }
    if (!attempt.begun()) {
      violation(attempt, what + " before the first status");
    }
    checkEpoch(attempt, write, what);
  }

  private void checkEpoch(AttemptRecord attempt, TaskWrite write, String what) {
    boolean first = !attempt.begun();
    if (attempt.leased && !first && write.epoch().isEmpty()) {
      violation(attempt, what + " without the lease's epoch");
    }
    if (attempt.leased && !first && !hold.isHeldBy(attempt.id)) {
      violation(attempt, what + " was taken, but the lease is lost");
    }
  }

  /** Appends text without an offset. */
  void append(String text) {
    show(text, -1);
  }

  private void show(String text, long offset) {
    if (!text.isEmpty() && ledger.keepsText) {
      log.append(text);
      events.add(new BackendEvent.LogWritten(text, offset));
    }
  }

  private AttemptRecord attempt(TaskWrite write) {
    return attempts.computeIfAbsent(write.attempt(), id -> new AttemptRecord(id, ledger.keepsText));
  }

  private void violation(AttemptRecord attempt, String what) {
    String task = fields.path("id").asText();
    ledger.violations.add("task " + task + ", attempt " + attempt.id + ": " + what);
  }
}

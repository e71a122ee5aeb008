package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What a backend knows of one attempt at a task. */
final class AttemptRecord {
  final String id;
  final LogIntake log;

  /** The details of the last status; missing before the first. */
  JsonNode standing = MissingNode.getInstance();

  /** The number of the last status, as far as its idempotency key tells it. */
  int lastNumber;

  boolean ended;

  /** Whether it was given a lease, and so an epoch that it must bear. */
  boolean leased;

  AttemptRecord(String id, boolean keepsText) {
    this.id = id;
    this.log = new LogIntake(keepsText);
  }

  boolean begun() {
    return !standing.isMissingNode();
  }
}

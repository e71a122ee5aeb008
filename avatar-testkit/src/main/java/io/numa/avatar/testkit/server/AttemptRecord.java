package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A backend's record of one attempt at a task. */
final class AttemptRecord {
  final String id;
  final LogIntake log;

  /** The details of the last status; missing before the first. */
  JsonNode lastDetails = MissingNode.getInstance();

  /** The number of the last status, if its idempotency key contains one. */
  int lastNumber;

  boolean ended;

  /** Whether the attempt has a lease, and so must send an epoch. */
  boolean leased;

  AttemptRecord(String id, boolean keepsText) {
    this.id = id;
    this.log = new LogIntake(keepsText);
  }

  boolean begun() {
    return !lastDetails.isMissingNode();
  }
}

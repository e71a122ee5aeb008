package io.numa.avatar.port.journal;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.util.Optional;

/**
 * A message for the coding agents of a task.
 *
 * @param message as it was accepted: without invisible characters and without secrets
 * @param delivered the attempt whose agent has it; empty if it waits
 */
public record SteeringRecord(SteeringMessage message, Optional<AttemptId> delivered) {
  /** Whether no agent has it. */
  public boolean waits() {
    return delivered.isEmpty();
  }
}

package io.numa.avatar.agent;

import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.TimeSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An agent as this avatar has it: its settings, its places, and whether it is out of work. */
final class AgentPlace {
  private static final Logger log = LoggerFactory.getLogger(AgentPlace.class);

  private final AgentDefinition definition;
  private final Semaphore places;
  private final Outages outages;

  AgentPlace(AgentDefinition definition, TimeSource time) {
    this.definition = definition;
    this.places = new Semaphore(definition.concurrency(), true);
    this.outages = new Outages(time);
  }

  AgentDefinition definition() {
    return definition;
  }

  Outages outages() {
    return outages;
  }

  /**
   * Waits for a place.
   *
   * @throws PortException of kind {@code AGENT_UNAVAILABLE} if the agent is out of work
   */
  void take() throws InterruptedException {
    checkOutage();
    places.acquire();
    try {
      checkOutage();
    } catch (PortException e) {
      places.release();
      throw e;
    }
  }

  boolean isFree() {
    return places.availablePermits() > 0;
  }

  void free() {
    places.release();
  }

  /** Takes note of how a start or a turn failed. */
  void failed(FailureKind kind, String message) {
    if (kind != FailureKind.AGENT_LOGIN && kind != FailureKind.AGENT_UNAVAILABLE) {
      return;
    }
    outages
        .failed(message)
        .ifPresent(
            until ->
                log.warn(
                    "the agent '{}' is out of work until {}: {}",
                    definition.name(),
                    until.truncatedTo(ChronoUnit.SECONDS),
                    message));
  }

  private void checkOutage() {
    outages
        .until()
        .ifPresent(
            until -> {
              throw new PortException(
                  FailureKind.AGENT_UNAVAILABLE,
                  String.format(
                      Locale.ROOT,
                      "could not start the agent '%s': it is out of work until %s, as it failed again and again: %s",
                      definition.name(),
                      until.truncatedTo(ChronoUnit.SECONDS),
                      outages.reason()));
            });
  }
}

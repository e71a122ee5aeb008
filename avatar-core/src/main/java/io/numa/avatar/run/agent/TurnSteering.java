package io.numa.avatar.run.agent;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.task.agent.SteeringMessage;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the messages in an inbox to the agent while its turn runs, one after the other. If the
 * agent does not take them in its turn, they wait for its next prompt.
 */
final class TurnSteering implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(TurnSteering.class);

  /** The turn may not have begun when the first message is there. */
  private static final int TRIES = 2;

  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final AgentSession session;
  private final AgentInbox inbox;
  private final AgentPrompts prompts;
  private volatile boolean over;

  TurnSteering(AgentSession session, AgentInbox inbox, AgentPrompts prompts) {
    this.session = session;
    this.inbox = inbox;
    this.prompts = prompts;
  }

  /** Gives messages to the agent until {@link #end}, or until it does not take one. */
  @Override
  public void run() {
    int failed = 0;
    try {
      while (!over && failed < TRIES) {
        Optional<SteeringMessage> next = inbox.next();
        if (next.isEmpty()) {
          inbox.awaitNews(LOOK_EVERY);
        } else if (session.steer(prompts.message(next.get()))) {
          inbox.delivered(next.get());
          failed = 0;
        } else {
          failed++;
          inbox.awaitNews(BETWEEN);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (PortException e) {
      log.warn("An agent is not told more in its turn: {}", e.getMessage());
    }
  }

  /** The turn is over: the thread ends when the agent has answered what it was told last. */
  void end() {
    over = true;
    inbox.wake();
  }
}

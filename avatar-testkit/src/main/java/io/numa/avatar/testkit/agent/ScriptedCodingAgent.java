package io.numa.avatar.testkit.agent;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.money.UsedBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Coding agents that say, edit, hang and fail as a test scripts. All its agents share one script:
 * each prompt takes the next turn of it. A turn without actions does nothing. Safe for use by
 * several threads.
 */
public final class ScriptedCodingAgent implements CodingAgents {
  private final Object lock = new Object();
  private final List<String> names;
  private final Deque<List<AgentAction>> turns = new ArrayDeque<>();
  private final Deque<PortException> failures = new ArrayDeque<>();
  private final Map<String, Instant> out = new HashMap<>();
  private final List<Prompt> prompts = new ArrayList<>();
  private final List<AgentRequest> opened = new ArrayList<>();
  private final Semaphore hung = new Semaphore(0);
  private AgentLimits limits = AgentLimits.DEFAULTS;
  private final List<String> steers = new ArrayList<>();
  private Optional<UsedBudget> budget = Optional.empty();
  private boolean forgetful;
  private boolean steerable;
  private int closed;

  /** Agents of these names. */
  public ScriptedCodingAgent(String... names) {
    this.names = List.of(names);
  }

  /** A prompt that a session was given. */
  public record Prompt(String agent, String text, AgentLimits limits) {}

  /** Adds a turn to the script. */
  public ScriptedCodingAgent turn(AgentAction... actions) {
    synchronized (lock) {
      turns.add(List.of(actions));
    }
    return this;
  }

  /** Sets the limits of all agents. */
  public ScriptedCodingAgent withLimits(AgentLimits other) {
    synchronized (lock) {
      limits = other;
    }
    return this;
  }

  /** Makes later prompts unable to refer to earlier ones. */
  public ScriptedCodingAgent forgetful() {
    synchronized (lock) {
      forgetful = true;
    }
    return this;
  }

  /** Makes all agents take messages in their turns. */
  public ScriptedCodingAgent steerable() {
    synchronized (lock) {
      steerable = true;
    }
    return this;
  }

  /** What agents were told in their turns so far, in order. */
  public List<String> steers() {
    synchronized (lock) {
      return List.copyOf(steers);
    }
  }

  /** Makes the next call of {@link #open} fail. */
  public ScriptedCodingAgent failToOpen(PortException failure) {
    synchronized (lock) {
      failures.add(failure);
    }
    return this;
  }

  /** Takes an agent out of work. */
  public void takeOut(String agent, Instant until) {
    synchronized (lock) {
      out.put(agent, until);
    }
  }

  /** Puts an agent to work again. */
  public void takeBack(String agent) {
    synchronized (lock) {
      out.remove(agent);
    }
  }

  /** Uses up the budget of the whole avatar. */
  public void spendAll(UsedBudget used) {
    synchronized (lock) {
      budget = Optional.of(used);
    }
  }

  /** Gives the avatar money again. */
  public void refill() {
    synchronized (lock) {
      budget = Optional.empty();
    }
  }

  /** The prompts so far, in order. */
  public List<Prompt> prompts() {
    synchronized (lock) {
      return List.copyOf(prompts);
    }
  }

  /** The sessions that were opened so far, in order. */
  public List<AgentRequest> opened() {
    synchronized (lock) {
      return List.copyOf(opened);
    }
  }

  /** How many sessions were closed. */
  public int closed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** Waits until an agent hangs. */
  public void awaitHang() throws InterruptedException {
    awaitHangs(1);
  }

  /** Waits until agents have hung so often. */
  public void awaitHangs(int times) throws InterruptedException {
    hung.acquire(times);
    hung.release(times);
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public AgentLimits limits(String agent) {
    require(agent);
    synchronized (lock) {
      return limits;
    }
  }

  @Override
  public Optional<Instant> outUntil(String agent) {
    require(agent);
    synchronized (lock) {
      return Optional.ofNullable(out.get(agent));
    }
  }

  @Override
  public Optional<UsedBudget> usedBudget() {
    synchronized (lock) {
      return budget;
    }
  }

  @Override
  public AgentSession open(AgentRequest request, AgentEvents events) throws InterruptedException {
    require(request.agent());
    synchronized (lock) {
      if (!failures.isEmpty()) {
        throw failures.remove();
      }
      opened.add(request);
    }
    try {
      Files.createDirectories(request.home());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ScriptedSession(this, request, events);
  }

  private void require(String agent) {
    if (!names.contains(agent)) {
      throw CodingAgents.unknown(agent, names);
    }
  }

  boolean remembers() {
    synchronized (lock) {
      return !forgetful;
    }
  }

  /** Tells an agent something in its turn; returns whether it takes it. */
  boolean steer(String text) {
    synchronized (lock) {
      if (steerable) {
        steers.add(text);
      }
      return steerable;
    }
  }

  /** Takes the next turn of the script. */
  List<AgentAction> next(Prompt prompt) {
    synchronized (lock) {
      prompts.add(prompt);
      return turns.isEmpty() ? List.of() : turns.remove();
    }
  }

  void hangs() {
    hung.release();
  }

  void closes() {
    synchronized (lock) {
      closed++;
    }
  }
}

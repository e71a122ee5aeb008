package io.numa.avatar.agent.turn;

import io.numa.avatar.agent.gateway.GatewayEvents;
import io.numa.avatar.agent.gateway.GatewaySession;
import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all turns of a session share: the listener, which hears one call at a time, the way to the
 * model, and what the gateway said of the model's host. Safe for use by several threads. It never
 * calls the gateway with its lock held, as the gateway calls it with locks of its own.
 */
public final class Conversation implements GatewayEvents {
  private static final int MAX_MESSAGE = 500;

  private final ReentrantLock lock = new ReentrantLock();
  private final AgentEvents events;
  private final TimeSource time;
  private @Nullable GatewaySession gateway;
  private Predicate<String> steering = text -> false;
  private @Nullable Turn turn;
  private @Nullable String refusedLogin;
  private @Nullable String outage;

  public Conversation(AgentEvents events, TimeSource time) {
    this.events = events;
    this.time = time;
  }

  /** Uses a way to the model from here on. */
  public void use(GatewaySession session) {
    locked(() -> gateway = session);
  }

  /** Uses the agent's own way to tell it something in its turn. */
  public void steerBy(Predicate<String> way) {
    locked(() -> steering = way);
  }

  /**
   * Begins a turn.
   *
   * @param processorTime of the agent's processes
   */
  public Turn begin(AgentLimits limits, Supplier<Duration> processorTime) {
    var clock = new TurnClock(limits, time, processorTime);
    var begun = new Turn(this, clock, new Spending(gateway(), limits));
    locked(
        () -> {
          outage = null;
          turn = begun;
          if (refusedLogin != null) {
            begun.end(Ending.failed(FailureKind.AGENT_LOGIN, refusedLogin));
          }
        });
    return begun;
  }

  /** The newest turn; empty before the first one. */
  public Optional<Turn> turn() {
    return read(() -> Optional.ofNullable(turn));
  }

  /** Tells the listener something. If the listener fails, the turn does. */
  public void tell(Consumer<AgentEvents> call) {
    locked(
        () -> {
          try {
            call.accept(events);
          } catch (RuntimeException e) {
            inTurn(
                running ->
                    running.end(
                        Ending.failed(
                            FailureKind.AGENT_FAILED,
                            "could not keep what the agent does: " + e.getMessage())));
          }
        });
  }

  /** What the model's host said when it refused the login. */
  public Optional<String> refusedLogin() {
    return read(() -> Optional.ofNullable(refusedLogin));
  }

  /** The end of a turn of which the agent says that it is done; not while its model is away. */
  public Ending completion() {
    return read(
        () ->
            outage == null
                ? Ending.completed()
                : Ending.reported(FailureKind.AGENT_UNAVAILABLE, outage));
  }

  /**
   * The failure of an agent that reports an error. The gateway's word counts, as agents report the
   * same trouble in many ways.
   *
   * @param demandsLogin whether the error is the protocol's own for a missing login
   */
  public Ending failure(String message, boolean demandsLogin) {
    return read(() -> failureByTheGatewaysWord(message, demandsLogin));
  }

  private Ending failureByTheGatewaysWord(String message, boolean demandsLogin) {
    if (refusedLogin != null) {
      return Ending.failed(FailureKind.AGENT_LOGIN, refusedLogin);
    }
    if (outage != null) {
      return Ending.reported(FailureKind.AGENT_UNAVAILABLE, outage);
    }
    boolean login = demandsLogin && gateway == null;
    return Ending.reported(
        login ? FailureKind.AGENT_LOGIN : FailureKind.AGENT_FAILED,
        Cuts.begin(message, MAX_MESSAGE));
  }

  @Override
  public void used(AgentUsage sessionSoFar) {
    locked(() -> outage = null);
    inTurn(running -> running.used(sessionSoFar));
  }

  @Override
  public void exhausted(AgentLimit limit) {
    inTurn(running -> running.exhausted(limit));
  }

  @Override
  public void budgetReached(String message) {
    inTurn(running -> running.end(Ending.limit(AgentLimit.BUDGET, message)));
  }

  @Override
  public void loginRefused(int status, String message) {
    String text = "the model's host refused the login (" + status + "): " + message;
    locked(() -> refusedLogin = text);
    inTurn(running -> running.end(Ending.failed(FailureKind.AGENT_LOGIN, text)));
  }

  @Override
  public void unavailable(int status, String message) {
    String text =
        status == GatewayEvents.NO_ANSWER
            ? message
            : "the model's host answered " + status + ": " + message;
    locked(() -> outage = text);
  }

  @Override
  public void noted(String sentence) {
    tell(listener -> listener.noted(sentence));
  }

  /** Gives the agent a text in its turn, by its own way or by its model's next request. */
  boolean steer(String text) {
    if (steers(text)) {
      return true;
    }
    Optional<GatewaySession> model = gateway();
    model.ifPresent(session -> session.note(text));
    return model.isPresent();
  }

  private boolean steers(String text) {
    return read(() -> steering).test(text);
  }

  private Optional<GatewaySession> gateway() {
    return read(() -> Optional.ofNullable(gateway));
  }

  <T> T read(Supplier<T> reader) {
    lock.lock();
    try {
      return reader.get();
    } finally {
      lock.unlock();
    }
  }

  void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  private void inTurn(Consumer<Turn> call) {
    locked(() -> turn().ifPresent(call));
  }
}

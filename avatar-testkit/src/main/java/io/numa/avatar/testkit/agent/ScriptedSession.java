package io.numa.avatar.testkit.agent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.agent.AgentUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A session of a scripted agent, which works on the thread that prompts it. */
final class ScriptedSession implements AgentSession {
  private static final int MAX_TOLD = 100;

  private final ScriptedCodingAgent agents;
  private final AgentRequest request;
  private final AgentEvents events;
  private volatile boolean closed;
  private volatile boolean working;
  private final BlockingQueue<String> told = new ArrayBlockingQueue<>(MAX_TOLD);
  private int calls;

  ScriptedSession(ScriptedCodingAgent agents, AgentRequest request, AgentEvents events) {
    this.agents = agents;
    this.request = request;
    this.events = events;
  }

  @Override
  public AgentIdentity identity() {
    return new AgentIdentity(
        request.agent(), Optional.of("1.0"), request.model(), Optional.of("c0ffee"));
  }

  @Override
  public boolean remembersPrompts() {
    return agents.remembers();
  }

  @Override
  public AgentTurn prompt(String text, AgentLimits limits) throws InterruptedException {
    if (closed) {
      return new AgentTurn.Failed(
          FailureKind.AGENT_FAILED, "its session is closed", "", AgentUsage.NONE);
    }
    var turn = new Turn(limits);
    working = true;
    try {
      return turn.play(agents.next(new ScriptedCodingAgent.Prompt(request.agent(), text, limits)));
    } catch (RuntimeException e) {
      return new AgentTurn.Failed(
          FailureKind.AGENT_FAILED, e.toString(), turn.message.toString(), turn.usage);
    } finally {
      working = false;
    }
  }

  @Override
  public boolean steer(String text) {
    boolean taken = working && agents.steer(text);
    return working && told.offer(taken ? text : "") && taken;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      agents.closes();
    }
  }

  /** A turn that is being played. */
  private final class Turn {
    private final AgentLimits limits;
    private final StringBuilder message = new StringBuilder();
    private AgentUsage usage = new AgentUsage(1, 0, 0, 0, 0, 0, 0, AgentUsage.NONE.cost());

    private Turn(AgentLimits limits) {
      this.limits = limits;
    }

    AgentTurn play(List<AgentAction> actions) throws InterruptedException {
      for (AgentAction action : actions) {
        AgentTurn end = play(action);
        if (end != null) {
          return end;
        }
      }
      return new AgentTurn.Completed(message.toString(), usage);
    }

    /** Returns the end of the turn, if this action ends it. */
    private @Nullable AgentTurn play(AgentAction action) throws InterruptedException {
      if (action instanceof AgentAction.Say say) {
        message.append(say.text());
        events.said(say.text());
      } else if (action instanceof AgentAction.Think think) {
        events.thought(think.text());
      } else if (action instanceof AgentAction.Plan plan) {
        events.planned(plan.entries());
      } else if (action instanceof AgentAction.Write write) {
        call("Write " + write.path(), "edit", List.of(write.path()), "", () -> write(write));
      } else if (action instanceof AgentAction.Delete delete) {
        Path file = request.directory().resolve(delete.path());
        call("Delete " + delete.path(), "delete", List.of(delete.path()), "", () -> remove(file));
      } else if (action instanceof AgentAction.Call call) {
        call(call.title(), call.kind(), List.of(), call.result(), () -> {});
      } else if (action instanceof AgentAction.Use use) {
        usage = use.usage();
        events.used(usage);
      } else if (action instanceof AgentAction.Listen) {
        return listen();
      } else if (action instanceof AgentAction.Hang) {
        return hang();
      } else if (action instanceof AgentAction.Refuse) {
        return new AgentTurn.Refused(message.toString(), usage);
      } else if (action instanceof AgentAction.Exceed exceed) {
        return new AgentTurn.LimitReached(
            exceed.limit(), "it reached a limit", message.toString(), usage);
      } else if (action instanceof AgentAction.Fail fail) {
        return new AgentTurn.Failed(fail.kind(), fail.message(), message.toString(), usage);
      }
      return null;
    }

    private @Nullable AgentTurn listen() throws InterruptedException {
      agents.hangs();
      String text = told.poll(limits.time().toNanos(), NANOSECONDS);
      if (text == null) {
        return new AgentTurn.LimitReached(
            AgentLimit.TIME, "it heard nothing for too long", message.toString(), usage);
      }
      message.append(text);
      events.said(text);
      return null;
    }

    private AgentTurn hang() throws InterruptedException {
      boolean silent = limits.silence().compareTo(limits.time()) < 0;
      Duration limit = silent ? limits.silence() : limits.time();
      agents.hangs();
      if (new CountDownLatch(1).await(limit.toNanos(), NANOSECONDS)) {
        throw new IllegalStateException("cannot happen");
      }
      return new AgentTurn.LimitReached(
          silent ? AgentLimit.SILENCE : AgentLimit.TIME,
          "it did nothing for too long",
          message.toString(),
          usage);
    }

    private void call(String title, String kind, List<String> paths, String result, Runnable work) {
      String id = "call-" + ++calls;
      // A message ends where a tool is called.
      message.setLength(0);
      usage = usage.withTurns(usage.turns() + 1, usage.toolCalls() + 1);
      events.tool(new AgentTool(id, title, kind, paths, AgentTool.State.RUNNING, Optional.empty()));
      work.run();
      events.tool(
          new AgentTool(id, title, kind, paths, AgentTool.State.COMPLETED, Optional.of(result)));
      events.used(usage);
    }

    private void write(AgentAction.Write write) {
      try {
        Path file = request.directory().resolve(write.path());
        Files.createDirectories(file.getParent());
        Files.writeString(file, write.text());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void remove(Path file) {
      try {
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

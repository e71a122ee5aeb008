package io.numa.avatar.agent;

import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A program for a small heap: drives an agent that prints 100 MB, one line of 80 MB among it. */
final class MemoryProbe {
  private static final int EXPECTED = 1024 * 1024 + 20 * 1_000_000 + "done".length();

  private MemoryProbe() {}

  public static void main(String[] args) throws InterruptedException {
    var world = new AgentWorld(Path.of(args[0], "memory"), new PlainProcesses());
    var chars = new AtomicLong();
    var events =
        new AgentEvents() {
          @Override
          public void said(String text) {
            chars.addAndGet(text.length());
          }
        };
    var agents = world.agents(world.scripted("line 80003072\nrepeat 20 line 1000000\nsay done"));
    try (AgentSession session = agents.open(world.request(), events)) {
      AgentTurn turn = session.prompt("print", AgentWorld.LIMITS);
      boolean whole = turn instanceof AgentTurn.Completed && chars.get() >= EXPECTED;
      Runtime.getRuntime().halt(whole ? 0 : 1);
    }
  }
}

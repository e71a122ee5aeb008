package io.numa.avatar.agent.command;

import io.numa.avatar.agent.launch.AgentProcess;
import io.numa.avatar.agent.launch.Launch;
import io.numa.avatar.agent.turn.Conversation;
import io.numa.avatar.agent.turn.Ending;
import io.numa.avatar.agent.turn.Turn;
import io.numa.avatar.agent.wire.JsonLines;
import io.numa.avatar.agent.wire.Outbox;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.process.Processes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A session of an agent of which each prompt is a process of its own. */
public final class CommandSession implements AgentSession {
  private final Launch launch;
  private final Conversation conversation;
  private final Processes processes;

  public CommandSession(Launch launch, Conversation conversation, Processes processes) {
    this.launch = launch;
    this.conversation = conversation;
    this.processes = processes;
  }

  @Override
  public AgentIdentity identity() {
    return launch.identity(Optional.empty(), Optional.empty());
  }

  @Override
  public boolean remembersPrompts() {
    return false;
  }

  @Override
  public AgentTurn prompt(String text, AgentLimits limits) throws InterruptedException {
    var process = new AtomicReference<AgentProcess>();
    Turn turn = conversation.begin(limits, () -> processorTime(process));
    try {
      start(text, turn, process);
      return turn.result(turn.await());
    } catch (PortException e) {
      return turn.result(Ending.reported(e.kind(), e.getMessage()));
    } finally {
      Optional.ofNullable(process.get()).ifPresent(AgentProcess::end);
    }
  }

  @Override
  public boolean steer(String text) {
    return false;
  }

  /** Each prompt has ended its own processes. */
  @Override
  public void close() {}

  private void start(String text, Turn turn, AtomicReference<AgentProcess> started) {
    var output = new CommandOutput(turn);
    var lines = new JsonLines(output);
    AgentProcess process = AgentProcess.start(launch, launch.process(text), processes, lines);
    started.set(process);
    var outbox = new Outbox();
    if (launch.promptsByInput()) {
      boolean ignored = outbox.send(text.getBytes(StandardCharsets.UTF_8));
    }
    outbox.close();
    process.write(outbox);
    process.onExit(
        how -> {
          lines.end();
          turn.end(output.ending(conversation, process.exitCode(), how));
        });
  }

  private static Duration processorTime(AtomicReference<AgentProcess> process) {
    return Optional.ofNullable(process.get())
        .map(AgentProcess::processorTime)
        .orElse(Duration.ZERO);
  }
}

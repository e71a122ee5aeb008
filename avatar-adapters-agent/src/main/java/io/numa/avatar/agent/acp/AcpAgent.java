package io.numa.avatar.agent.acp;

import io.numa.avatar.agent.launch.AgentProcess;
import io.numa.avatar.agent.launch.Launch;
import io.numa.avatar.agent.turn.Conversation;
import io.numa.avatar.agent.wire.JsonLines;
import io.numa.avatar.agent.wire.Outbox;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.time.TimeSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Starts agents that speak the protocol. */
public final class AcpAgent {
  private static final int ID_END = 6;

  /** The kinds of tools that change files. */
  private static final Set<String> CHANGES = Set.of("edit", "delete", "move");

  private AcpAgent() {}

  /**
   * Starts an agent, and waits until it has a session.
   *
   * @throws PortException if it does not get ready; no process is left then
   * @throws InterruptedException if the thread was interrupted; no process is left then
   */
  public static AgentSession open(
      Launch launch, Conversation conversation, Processes processes, TimeSource time)
      throws InterruptedException {
    var outbox = new Outbox();
    var permissions = new Permissions(launch.request().directory(), denied(launch));
    var connection =
        new AcpConnection(outbox, new AcpPeer(conversation, launch.preset(), permissions));
    var lines = new JsonLines(connection);
    AgentProcess process = AgentProcess.start(launch, launch.process(), processes, lines);
    process.write(outbox);
    process.onExit(
        how -> {
          lines.end();
          connection.end(how);
        });
    AgentSession session = null;
    try {
      Handshake.Ready ready = new Handshake(launch, connection, conversation, time).run();
      var identity = launch.identity(ready.version(), Optional.of(end(ready.session())));
      session = new AcpSession(identity, ready, connection, process, conversation);
      return session;
    } finally {
      if (session == null) {
        process.end();
      }
    }
  }

  /** An agent that only reads is told so before it tries to write. */
  private static Set<String> denied(Launch launch) {
    var denied = new HashSet<>(launch.agent().denied());
    if (launch.request().site().filter(SandboxSite::isReadOnly).isPresent()) {
      denied.addAll(CHANGES);
    }
    return denied;
  }

  /** A whole id works like a password. */
  private static String end(String session) {
    int length = session.length();
    return session.substring(length - Math.min(ID_END, length / 2));
  }
}

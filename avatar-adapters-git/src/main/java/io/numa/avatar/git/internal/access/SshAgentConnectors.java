package io.numa.avatar.git.internal.access;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.transport.sshd.agent.AbstractConnector;
import org.eclipse.jgit.transport.sshd.agent.Connector;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Speaks with the SSH agent behind one socket, and with no other. JGit's own connectors need native
 * libraries; Java itself can open such sockets since version 16.
 */
record SshAgentConnectors(Path socket) implements ConnectorFactory {
  @Override
  public Connector create(@Nullable String identityAgent, @Nullable File homeDirectory) {
    return new OverSocket(socket);
  }

  @Override
  public boolean isSupported() {
    return true;
  }

  @Override
  public String getName() {
    return "socket";
  }

  @Override
  public Collection<ConnectorDescriptor> getSupportedConnectors() {
    return List.of(getDefaultConnector());
  }

  @Override
  public ConnectorDescriptor getDefaultConnector() {
    return new ConnectorDescriptor() {
      @Override
      public String getIdentityAgent() {
        return "SSH_AUTH_SOCK";
      }

      @Override
      public String getDisplayName() {
        return "SSH agent";
      }
    };
  }

  /** Each message and each answer begins with its length in four bytes. */
  private static final class OverSocket extends AbstractConnector {
    private final Path socket;
    private @Nullable SocketChannel channel;

    OverSocket(Path socket) {
      this.socket = socket;
    }

    @Override
    public boolean connect() throws IOException {
      if (channel == null) {
        SocketChannel fresh = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
          fresh.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
          fresh.close();
          throw new IOException("no SSH agent answers at " + socket, e);
        }
        channel = fresh;
      }
      return true;
    }

    @Override
    public byte[] rpc(byte command, byte[] message) throws IOException {
      connect();
      prepareMessage(command, message);
      SocketChannel agent = channel;
      if (agent == null) {
        throw new EOFException("the connection to the SSH agent is closed");
      }
      var out = ByteBuffer.wrap(message);
      while (out.hasRemaining()) {
        agent.write(out);
      }
      return read(agent, toLength(command, read(agent, Integer.BYTES)));
    }

    private static byte[] read(SocketChannel agent, int count) throws IOException {
      var in = ByteBuffer.allocate(count);
      while (in.hasRemaining()) {
        if (agent.read(in) < 0) {
          throw new EOFException("the SSH agent hung up");
        }
      }
      return in.array();
    }

    @Override
    public void close() throws IOException {
      if (channel != null) {
        channel.close();
        channel = null;
      }
    }
  }
}

package io.numa.avatar.cli.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ports of this machine and a UNIX socket, which notice who reaches them. Used by one thread. */
final class Listeners implements AutoCloseable {
  private static final int QUEUE = 64;

  private final ServerSocketChannel port = ServerSocketChannel.open();
  private final DatagramChannel datagrams = DatagramChannel.open();
  private final ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);

  /** Opens them on all addresses of the machine. */
  Listeners(Path socketPath) throws IOException {
    port.bind(new InetSocketAddress(0), QUEUE);
    datagrams.bind(new InetSocketAddress(0));
    socket.bind(UnixDomainSocketAddress.of(socketPath), QUEUE);
    port.configureBlocking(false);
    datagrams.configureBlocking(false);
    socket.configureBlocking(false);
  }

  int port() {
    return port.socket().getLocalPort();
  }

  int datagramPort() {
    return datagrams.socket().getLocalPort();
  }

  /** What was reached since the last call. */
  List<String> reached() throws IOException {
    var reached = new ArrayList<String>();
    if (accepts(port)) {
      reached.add("reached a port of this machine");
    }
    if (accepts(socket)) {
      reached.add("reached a UNIX socket of this machine");
    }
    boolean sent = false;
    while (datagrams.receive(ByteBuffer.allocate(1)) != null) {
      sent = true;
    }
    if (sent) {
      reached.add("sent a datagram to this machine");
    }
    return reached;
  }

  private static boolean accepts(ServerSocketChannel channel) throws IOException {
    boolean accepted = false;
    for (var client = channel.accept(); client != null; client = channel.accept()) {
      client.close();
      accepted = true;
    }
    return accepted;
  }

  @Override
  public void close() throws IOException {
    port.close();
    datagrams.close();
    socket.close();
  }
}

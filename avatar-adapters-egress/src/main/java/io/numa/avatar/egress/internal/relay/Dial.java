package io.numa.avatar.egress.internal.relay;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Connects to the first of some addresses that answers. Runs on the reactor's thread. */
final class Dial implements Ready {
  /** Is told once how it ended, unless it was closed before. */
  interface Result {
    void connected(SocketChannel channel);

    void unreachable(String reason);
  }

  private final Reactor reactor;
  private final Queue<SocketAddress> left;
  private final Result result;
  private @Nullable SocketChannel channel;
  private String reason = "it has no address";

  Dial(Reactor reactor, List<SocketAddress> addresses, Result result) {
    this.reactor = reactor;
    this.left = new ArrayDeque<>(addresses);
    this.result = result;
  }

  /** Tries the next address. */
  void next() {
    SocketAddress address = left.poll();
    if (address == null) {
      result.unreachable(reason);
      return;
    }
    try {
      SocketChannel opened = open(address);
      channel = opened;
      SelectionKey key = reactor.register(opened, 0, this);
      if (opened.connect(address)) {
        result.connected(opened);
      } else {
        key.interestOps(SelectionKey.OP_CONNECT);
      }
    } catch (IOException | UnsupportedAddressTypeException e) {
      failed(e);
    }
  }

  private static SocketChannel open(SocketAddress address) throws IOException {
    if (address instanceof UnixDomainSocketAddress) {
      return SocketChannel.open(StandardProtocolFamily.UNIX);
    }
    return SocketChannel.open().setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      var connected = (SocketChannel) key.channel();
      if (connected.finishConnect()) {
        result.connected(connected);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(Exception e) {
    reason = e.getMessage() == null ? "this machine has no such addresses" : e.getMessage();
    close();
    next();
  }

  void close() {
    if (channel != null) {
      Reactor.closeQuietly(channel);
    }
  }
}

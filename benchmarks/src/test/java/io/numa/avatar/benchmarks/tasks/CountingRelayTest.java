package io.numa.avatar.benchmarks.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class CountingRelayTest {
  @Test
  void countsBytesAndTurns() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var relay = CountingRelay.to(server.getLocalPort());
        var client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        var accepted = server.accept()) {
      for (int i = 0; i < 3; i++) {
        client.getOutputStream().write(new byte[100]);
        assertThat(accepted.getInputStream().readNBytes(100)).hasSize(100);
        accepted.getOutputStream().write(new byte[1000]);
        assertThat(client.getInputStream().readNBytes(1000)).hasSize(1000);
      }

      Traffic traffic = relay.take();

      assertThat(traffic.waited()).isPositive();
      assertThat(traffic).isEqualTo(new Traffic(300, 3000, 3, 1, traffic.waited()));
      assertThat(relay.take()).isEqualTo(Traffic.NONE);
    }
  }
}

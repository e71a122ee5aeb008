package io.numa.avatar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

class PromptSocketsTest {
  @Test
  void sendTheEndOfARequestAtOnce() throws Exception {
    try (Socket socket = PromptSockets.over(SocketFactory.getDefault()).createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void arePromptOnce() {
    SocketFactory prompt = HttpClients.builder().build().socketFactory();

    assertThat(PromptSockets.over(prompt)).isSameAs(prompt);
  }
}

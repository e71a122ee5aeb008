package io.numa.avatar.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NatsServerExtensionTest {
  private static final Set<URI> SHARED = new HashSet<>();
  private static final Set<URI> OWN = new HashSet<>();

  @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();
  @RegisterExtension final NatsServerExtension own = new NatsServerExtension("--auth", "word");

  @BeforeAll
  static void isThereBeforeTheFirstTest() throws IOException {
    connect(NATS.url());
  }

  @AfterEach
  void isThereAfterTheTest() throws IOException {
    connect(own.url());
  }

  @AfterAll
  static void sharesOneAndStopsTheOthers() throws IOException {
    connect(NATS.url());
    assertThat(SHARED).containsExactly(NATS.url());
    assertThat(OWN).hasSize(2);
    for (URI url : OWN) {
      assertThatThrownBy(() -> connect(url)).isInstanceOf(IOException.class);
    }
  }

  private static void connect(URI url) throws IOException {
    new Socket(url.getHost(), url.getPort()).close();
  }

  @RepeatedTest(2)
  void startsOneForTheClassAndOneForEachTest() {
    SHARED.add(NATS.url());
    OWN.add(own.url());
  }

  @Test
  void skipsATestWithoutTheProgram() {
    assertThatThrownBy(() -> NatsServerExtension.require(Optional.empty()))
        .hasMessageContaining("SKIPPED: this machine has no nats-server")
        .extracting(failure -> failure.getClass().getSimpleName())
        .isEqualTo("TestAbortedException");
  }
}

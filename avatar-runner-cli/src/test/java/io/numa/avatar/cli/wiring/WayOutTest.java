package io.numa.avatar.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.secret.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WayOutTest {
  private static final String SECRET = "npm-secret-1234";
  private static final EgressRequest NOTHING = new EgressRequest(Set.of(), Set.of());

  @TempDir Path home;
  private final Redactor redactor = Redactor.of(Set.of());
  private Setup setup;

  @BeforeEach
  void logIntoARegistry() throws IOException {
    Files.writeString(
        home.resolve(".npmrc"),
        "registry=https://npm.example.com/\n//npm.example.com/:_authToken=" + SECRET + "\n");
    Path file = Files.writeString(home.resolve("config.yaml"), "avatar: {id: local}\n");
    Configuration configuration =
        ConfigLoader.load(file, Map.of(), Map.of(), Purpose.EXEC).configuration();
    setup =
        new Setup(
            configuration,
            RunListener.NONE,
            Delivery.KEEP,
            OptionalInt.empty(),
            Map.of("HOME", home.toString()),
            redactor,
            Set.of());
  }

  @Test
  void looksForRegistriesWhenATaskComes() {
    try (var wayOut = new WayOut(setup, setup.environment())) {
      assertThat(redactor.redact(SECRET)).isEqualTo(SECRET);

      wayOut.prepare();

      assertThat(redactor.redact(SECRET)).isEqualTo("***");
    }
  }

  @Test
  void hidesTheirSecretsBeforeAWayLeadsToThem() {
    try (var wayOut = new WayOut(setup, setup.environment());
        var way = wayOut.open(NOTHING)) {
      assertThat(way.homeFiles()).isNotEmpty();
      assertThat(redactor.redact(SECRET)).isEqualTo("***");
    }
  }

  @Test
  void opensNoWayOnceItIsClosed() {
    var wayOut = new WayOut(setup, setup.environment());
    wayOut.close();

    assertThatThrownBy(() -> wayOut.open(NOTHING)).isInstanceOf(PortException.class);
  }
}

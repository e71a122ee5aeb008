package io.numa.avatar.testkit.junit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.InMemoryRepository;
import io.numa.avatar.testkit.ManualClock;
import io.numa.avatar.testkit.ScriptedCommandRunner;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AvatarWorldExtension.class)
@TestMethodOrder(MethodName.class)
class AvatarWorldExtensionTest {
  private static final List<Object> SEEN = new ArrayList<>();
  private static final List<URI> ADDRESSES = new ArrayList<>();
  private static final List<Path> FOLDERS = new ArrayList<>();

  private InMemoryBackend backend = new InMemoryBackend();

  @BeforeEach
  void keep(InMemoryBackend given) {
    backend = given;
  }

  @AfterEach
  void stillServes(NumaBackend numa) throws IOException {
    new Socket(numa.url().getHost(), numa.url().getPort()).close();
    ADDRESSES.add(numa.url());
  }

  @AfterAll
  static void closesTheServersAfterEachTest() {
    assertThat(ADDRESSES).hasSize(5).doesNotHaveDuplicates();
    for (URI address : ADDRESSES) {
      assertThatThrownBy(() -> new Socket(address.getHost(), address.getPort()))
          .isInstanceOf(IOException.class);
    }
    assertThat(FOLDERS).hasSize(1).allSatisfy(folder -> assertThat(folder).doesNotExist());
  }

  @Test
  void givesAllMethodsOfOneTestTheSame(InMemoryBackend given) {
    assertThat(given).isSameAs(backend);
  }

  @Test
  void givesEachTestFreshOnes(InMemoryBackend given, ScriptedCommandRunner commands) {
    assertThat(SEEN).doesNotContain(given, commands);
    SEEN.addAll(List.of(given, commands));
  }

  @Test
  void givesEachTestFreshOnesAgain(InMemoryBackend given, ScriptedCommandRunner commands) {
    givesEachTestFreshOnes(given, commands);
  }

  @Test
  void letsTheRepositoryGoByTheClock(InMemoryRepository repository, ManualClock clock)
      throws Exception {
    assertThat(clock.instant()).isEqualTo(Instant.parse("2025-08-03T10:00:00Z"));
    assertThat(repository).isNotNull();
  }

  @Test
  void startsAGitServer(GitServer git) {
    FOLDERS.add(requireNonNull(git.path("shop").getParent()));
    git.createRepository("shop").seed("main", Map.of("README.md", "A shop.\n"));

    assertThat(git.path("shop")).isDirectory();
  }
}

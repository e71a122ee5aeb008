package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.RecordedMetrics;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured of the work on repositories. */
class GitMetricsTest {
  private static final int LARGE = 300_000;
  private static final int SMALL = 100_000;

  @TempDir Path temp;
  private final RecordedMetrics metrics = new RecordedMetrics();
  private GitServer server;

  @BeforeEach
  void start() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    server.createRepository("app").seed("main", Map.of("large", random(LARGE)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A text that packs to about {@code bytes}. */
  private static String random(int bytes) {
    var content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Base64.getEncoder().encodeToString(content);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void timesOperationsAndCountsBytesOverHttpAndSsh(boolean overHttp) throws Exception {
    GitSettings settings = overHttp ? settings() : overSsh(settings());
    String url = overHttp ? server.httpUrl("app") : server.sshUrl("app");

    try (WorkingCopy copy = checkOut(new JGitRepository(settings, Clock.systemUTC()), url)) {
      Files.writeString(copy.directory().resolve("mine.txt"), random(SMALL));
      stageAll(copy).commit("work").push();
    }

    for (String operation : List.of("checkout", "fetch", "commit", "push")) {
      assertThat(metrics.times(Metric.GIT_OPERATION, List.of(operation)))
          .as(operation)
          .isEqualTo(1);
    }
    assertThat(bytes("received")).isBetween(LARGE * 0.9, LARGE * 1.3);
    assertThat(bytes("sent")).isBetween(SMALL * 0.9, SMALL * 1.3);
  }

  @Test
  void measuresTheCacheAndWhatGoesFromIt() throws Exception {
    var cache = new CacheSettings(temp.resolve("workspace"), false, 1000);
    var repository = new JGitRepository(settings().withReuse(cache), Clock.systemUTC());
    checkOut(repository, server.httpUrl("app")).close();

    repository.tidy();

    assertThat(metrics.value(Metric.RECLAIMED_BYTES, List.of())).isGreaterThan(LARGE);
    assertThat(metrics.value(Metric.DISK_USED, List.of("repositories"))).isLessThan(1000);
  }

  private GitSettings settings() {
    return GitSettings.of(JGitContract.IDENTITY).withAccess(GitAccess.open().withMetrics(metrics));
  }

  private GitSettings overSsh(GitSettings settings) throws IOException {
    Path key = temp.resolve("id");
    server.authorizeNewKey(key);
    Path hosts = Files.writeString(temp.resolve("known_hosts"), server.knownHostsLine() + "\n");
    return settings.withCredentials(HostCredential.sshKey("127.0.0.1", key, hosts));
  }

  private WorkingCopy checkOut(JGitRepository repository, String url) throws InterruptedException {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(url),
            new BranchName("work"),
            List.of(new BranchName("main")),
            temp.resolve("workspace/home"));
    return repository.checkOut(request, progress -> {});
  }

  private double bytes(String direction) {
    return metrics.value(Metric.GIT_BYTES, List.of(direction));
  }
}

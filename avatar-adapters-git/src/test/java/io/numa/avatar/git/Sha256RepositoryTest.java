package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.numa.avatar.git.fixture.Programs;
import io.numa.avatar.git.internal.support.ByteArrays;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories with SHA-256 ids, which JGit does not support. */
class Sha256RepositoryTest {
  private static final GitSettings SETTINGS =
      GitSettings.of(new GitIdentity("Numa Avatar", "avatar@example.com"));

  @TempDir Path temp;
  private Path bare;

  @BeforeEach
  void makeRepository() throws Exception {
    Path work = temp.resolve("work");
    Programs.run(temp, "git", "init", "-q", "--object-format=sha256", work.toString());
    Files.writeString(work.resolve("a.txt"), "a\n");
    Programs.run(work, "git", "add", "a.txt");
    Programs.run(work, "git", "-c", "user.name=a", "-c", "user.email=b", "commit", "-q", "-m", "a");
    bare = temp.resolve("app.git");
    Programs.run(temp, "git", "clone", "-q", "--bare", work.toString(), bare.toString());
  }

  private PortException refusal(String url) {
    var repository = new JGitRepository(SETTINGS, Clock.systemUTC());
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(url), new BranchName("dev-1"), List.of(), temp.resolve("home"));
    var failure =
        catchThrowableOfType(
            PortException.class, () -> repository.checkOut(request, progress -> {}).close());
    assertThat(failure).isNotNull();
    assertThat(temp.resolve("home")).doesNotExist();
    return failure;
  }

  private static void assertThatItSaysSo(PortException failure) {
    assertThat(failure).hasMessageContaining("uses SHA-256 object ids, which JGit cannot read");
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_TASK);
  }

  @Test
  void areRefusedOnThisMachine() {
    assertThatItSaysSo(refusal(bare.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"version=0", "version=2"})
  void areRefusedOverHttp(String protocol) throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, protocol));
    server.start();
    try {
      assertThatItSaysSo(refusal("http://127.0.0.1:" + server.getAddress().getPort() + "/app.git"));
    } finally {
      server.stop(0);
    }
  }

  /** Answers with native Git, which uses this protocol version at most. */
  private void answer(HttpExchange exchange, String most) throws IOException {
    String asked = exchange.getRequestHeaders().getFirst("Git-Protocol");
    String protocol = asked == null ? "version=0" : most;
    boolean list = exchange.getRequestMethod().equals("GET");
    byte[] question = exchange.getRequestBody().readAllBytes();
    String begin = list && protocol.endsWith("0") ? "001e# service=git-upload-pack\n0000" : "";
    byte[] answer = ByteArrays.join(begin.getBytes(US_ASCII), uploadPack(protocol, list, question));
    String type = "application/x-git-upload-pack-" + (list ? "advertisement" : "result");
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private byte[] uploadPack(String protocol, boolean list, byte[] question) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "upload-pack", "--stateless-rpc"));
    if (list) {
      command.add("--advertise-refs");
    }
    command.add(bare.toString());
    var git = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    git.environment().put("GIT_PROTOCOL", protocol);
    Process process = git.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(question);
    }
    return process.getInputStream().readAllBytes();
  }
}

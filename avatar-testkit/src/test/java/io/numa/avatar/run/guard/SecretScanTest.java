package io.numa.avatar.run.guard;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.testkit.InMemoryRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTest {
  private static final String TOKEN = "ghx_16C7e42F292c6912E7710c83";
  private static final String KEY =
      "-----BEGIN KEY-----\n"
          + "MIIEvQIBADANBgkqhkiG".repeat(3)
          + "\nshort line\n-----END KEY-----\n";

  private final Redactor redactor =
      Redactor.of(List.of(new Secret(TOKEN), new Secret(KEY), new Secret("admin")));

  @TempDir Path temp;
  private WorkingCopy copy;

  @BeforeEach
  void checkOut() throws Exception {
    var repository = new InMemoryRepository("avatar", "avatar@example.com", Clock.systemUTC());
    RepositoryUrl url = RepositoryUrl.parse("https://git.example.com/app.git");
    repository
        .create(url)
        .seed("main", Map.of("old.txt", "token: " + TOKEN + "\nend\n", "code.txt", "one\ntwo\n"));
    copy =
        repository.checkOut(
            new CheckoutRequest(
                url,
                new BranchName("dev-1"),
                List.of(new BranchName("main")),
                temp.resolve("home")),
            progress -> {});
  }

  @AfterEach
  void close() {
    copy.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x" + TOKEN + "x",
        "%s",
        "a\n  " + "MIIEvQIBADANBgkqhkiGMIIEvQIBADANBgkqhkiGMIIEvQIBADANBgkqhkiG"
      })
  void refusesAChangeThatAddsASecret(String text) throws Exception {
    byte[] token = ("user:" + TOKEN).getBytes(StandardCharsets.UTF_8);
    write("code.txt", "one\n" + text.formatted(Base64.getEncoder().encodeToString(token)) + "\n");

    var refused = catchThrowableOfType(StageFailedException.class, this::check);

    assertThat(refused.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(refused)
        .hasMessage(
            "the change is not allowed: it adds a secret of the avatar's configuration to"
                + " 'code.txt'; take it out, and change the secret if others may have seen it");
  }

  @Test
  void doesNotRepeatASecretThatIsAFilesName() throws Exception {
    write("keys/" + TOKEN + ".txt", "");
    write("other", TOKEN);

    var refused = catchThrowableOfType(StageFailedException.class, this::check);

    assertThat(refused).hasMessageContaining(" to 'keys/***.txt', 'other'; ");
  }

  @Test
  void refusesALinkToASecret() throws Exception {
    Files.createSymbolicLink(copy.directory().resolve("link"), Path.of(TOKEN));

    assertThat(catchThrowableOfType(StageFailedException.class, this::check))
        .hasMessageContaining("'link'");
  }

  /** The secret is public already, and the change may even remove it. */
  @Test
  void allowsASecretThatIsLeftAloneOrTakenAway() throws Exception {
    write("old.txt", "new\ntoken: " + TOKEN + "\n");
    assertThatCode(this::check).doesNotThrowAnyException();

    write("old.txt", "end\n");
    assertThatCode(this::check).doesNotThrowAnyException();

    Files.delete(copy.directory().resolve("old.txt"));
    write("moved.txt", "token: " + TOKEN + "\nend\n");
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  /**
   * Short secrets may be ordinary words, and the first, last and short lines of a key may be in
   * other files, too.
   */
  @Test
  void allowsWhatIsASecretByChanceOnly() throws Exception {
    write("code.txt", "admin\n-----BEGIN KEY-----\nshort line\n" + TOKEN.substring(1) + "\n");

    assertThatCode(this::check).doesNotThrowAnyException();
  }

  private void check() throws StageFailedException {
    SecretScan.check(stageAll(copy), redactor);
  }

  private void write(String path, String text) throws IOException {
    Path file = copy.directory().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

package io.numa.avatar.run.guard;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
    byte[] token = ("user:" + TOKEN).getBytes(UTF_8);
    write("code.txt", "one\n" + text.formatted(Base64.getEncoder().encodeToString(token)) + "\n");

    var refused = catchThrowableOfType(StageFailedException.class, this::check);

    assertThat(refused.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(refused)
        .hasMessage(
            "the change is not allowed: it adds a secret of the avatar's configuration to"
                + " 'code.txt'; take it out, and change the secret if others may have seen it");
  }

  /** All forms are in SecretSearchTest; this shows that the guard looks for them. */
  @ParameterizedTest
  @MethodSource
  void refusesAChangeThatAddsASecretInDisguise(String name, byte[] disguised) throws Exception {
    Files.write(copy.directory().resolve("code.txt"), disguised);

    assertThat(catchThrowableOfType(StageFailedException.class, this::check))
        .hasMessageContaining(" to 'code.txt'; ");
  }

  static Stream<Arguments> refusesAChangeThatAddsASecretInDisguise() {
    String hex = HexFormat.ofDelimiter(":").withUpperCase().formatHex(TOKEN.getBytes(UTF_8));
    return Stream.of(
        arguments("hex", hex.getBytes(UTF_8)),
        arguments("UTF-16", TOKEN.getBytes(UTF_16LE)),
        arguments("reversed", new StringBuilder(TOKEN).reverse().toString().getBytes(UTF_8)),
        arguments("percent", percent().getBytes(UTF_8)),
        arguments("Unicode escapes", TOKEN.replace("6", "\\u0036").getBytes(UTF_8)),
        arguments(
            "parts",
            ("\"" + TOKEN.substring(0, 9) + "\" +\n    \"" + TOKEN.substring(9) + "\"")
                .getBytes(UTF_8)));
  }

  private static String percent() {
    return "%" + HexFormat.ofDelimiter("%").formatHex(TOKEN.getBytes(UTF_8));
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

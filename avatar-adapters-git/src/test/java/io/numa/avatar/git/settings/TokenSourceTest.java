package io.numa.avatar.git.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSourceTest {
  @TempDir Path folder;

  private static Secret printedBy(String script) {
    return new TokenSource.ByCommand(List.of("sh", "-c", script)).read();
  }

  private static PortException failure(String script, Duration limit) {
    return catchThrowableOfType(
        PortException.class,
        () -> new TokenCommand(List.of("sh", "-c", script), limit).firstLine());
  }

  @Test
  void readsAFileAnewEachTime() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "first\r\n");
    var source = new TokenSource.InFile(file);
    assertThat(source.read()).isEqualTo(new Secret("first"));

    Files.writeString(file, "\uFEFFsecond");

    assertThat(source.read()).isEqualTo(new Secret("second"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "s3cret\nline\n", "s3cret\0"})
  void refusesAFileThatHoldsNoSingleLine(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), content);

    var failure =
        catchThrowableOfType(PortException.class, () -> new TokenSource.InFile(file).read());

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure).hasMessageContaining("the file " + file).hasMessageNotContaining("s3cret");
  }

  @Test
  void tellsOfAFileThatIsNotThere() {
    var failure =
        catchThrowableOfType(
            PortException.class, () -> new TokenSource.InFile(folder.resolve("no")).read());

    assertThat(failure).hasMessageContaining("it cannot be read (NoSuchFileException)");
  }

  @ParameterizedTest
  @CsvSource({
    "echo t0ken, t0ken",
    "printf t0ken, t0ken",
    "printf '  t0ken \\r\\nmore\\n', t0ken",
    "echo t0ken; echo noise >&2, t0ken",
    "yes t0ken | head -c 20000, t0ken",
  })
  void takesTheFirstLineThatAProgramPrints(String script, String token) {
    assertThat(printedBy(script)).isEqualTo(new Secret(token));
  }

  @Test
  void knowsNoShell() {
    var words = new TokenSource.ByCommand(List.of("echo", "a; echo $HOME `id` && b"));

    assertThat(words.read()).isEqualTo(new Secret("a; echo $HOME `id` && b"));
  }

  @Test
  void showsTheProgramLittleOfTheEnvironment() {
    String seen = printedBy("env | cut -d= -f1 | sort | tr '\\n' ' '").reveal();

    assertThat(List.of(seen.split(" ")))
        .contains("PATH")
        .isSubsetOf(
            "PATH HOME USER LOGNAME TMPDIR LANG LC_ALL TZ XDG_CACHE_HOME XDG_CONFIG_HOME"
                .concat(
                    " XDG_DATA_HOME XDG_STATE_HOME SSL_CERT_DIR SSL_CERT_FILE PWD SHLVL _ OLDPWD")
                .split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "echo s3cret; echo s3cret >&2; exit 3, ended with exit code 3",
    "echo; echo s3cret, printed no token in its first line",
    "true, printed no token in its first line",
    "printf 's3c\\001ret', printed no token in its first line",
    "kill -9 $$, ended with exit code 137",
  })
  void saysWhatWentWrongWithoutWhatWasPrinted(String script, String reason) {
    PortException failure = failure(script, Duration.ofSeconds(10));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure)
        .hasMessage("could not get a token: the command 'sh' " + reason)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void tellsOfAProgramThatIsNotThereWithoutItsArguments() {
    var source = new TokenSource.ByCommand(List.of("no-such-program", "s3cret"));

    var failure = catchThrowableOfType(PortException.class, source::read);

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure)
        .hasMessageContaining("'no-such-program' cannot be run")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void endsAProgramThatTakesTooLongWithAllThatItStarted() throws Exception {
    Path pids = folder.resolve("pids");

    // Again with more time until the program has come so far.
    for (int millis = 400; !Files.exists(pids); millis *= 2) {
      PortException failure =
          failure(
              "echo s3cret; sleep 600 & echo $! $$ > %1$s.new; mv %1$s.new %1$s; wait"
                  .formatted(pids),
              Duration.ofMillis(millis));

      assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("has not ended").hasMessageNotContaining("s3cret");
    }
    List<ProcessHandle> left = new ArrayList<>();
    for (String pid : Files.readString(pids).strip().split(" ", -1)) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(left::add);
    }
    for (ProcessHandle process : left) {
      process.onExit().get(30, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  @Test
  void readsNoMoreThanItNeeds() {
    assertThat(failure("yes t0ken", Duration.ofSeconds(10)))
        .hasMessageContaining("ended with exit code");
  }

  @Test
  void endsAProgramWhenItsThreadIsInterrupted() {
    Thread.currentThread().interrupt();

    PortException failure = failure("sleep 600", Duration.ofSeconds(30));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void printsNoSecret() {
    assertThat(new TokenSource.Given(new Secret("s3cret")).toString()).doesNotContain("s3cret");
  }
}

package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.journal.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code run} says when it cannot start: one sentence, without a stack trace. */
class StartFailuresTest {
  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void writeConfiguration() throws IOException {
    config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            backend: {url: "http://127.0.0.1:1"}
            git: {username: Ada, email: ada@example.com}
            avatar: {id: avatar_001}
            """);
  }

  /** Prepares the folder of an avatar that cannot start. */
  private interface Preparation {
    void in(Path folder) throws Exception;
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(
            "avatar.state_dir=%s/file",
            writing("file"),
            "could not use avatar.state_dir '%s/file': '%1$s/file' is not a folder; name another one"),
        arguments(
            "avatar.workspace=%s/file/below",
            writing("file"),
            "could not use avatar.workspace '%s/file/below': '%1$s/file' is not a folder; name another one"),
        arguments(
            "avatar.log_dir=%s/file",
            writing("file"),
            "could not use avatar.log_dir '%s/file': '%1$s/file' is not a folder; name another one"),
        arguments(
            "logs.file=/proc/none/avatar.log",
            nothing(),
            "could not open the log file '/proc/none/avatar.log': see that logs.file can be"
                + " written"),
        arguments(
            "avatar.state_dir=%s/damaged",
            writing("damaged/journal.db"),
            "could not use the journal '%s/damaged/journal.db': it is damaged, or no journal at"
                + " all; put back a copy of it, or move it away with its -wal to begin with an"
                + " empty journal, which knows nothing of the tasks before"),
        arguments(
            "avatar.state_dir=%s/newer",
            (Preparation) StartFailuresTest::makeNewer,
            "could not use the journal '%s/newer/journal.db': it is of version 99, and this avatar"
                + " knows none after "),
        arguments(
            "avatar.state_dir=%s/blocked",
            writing("blocked/native"),
            "could not use the journal '%s/blocked/journal.db': SQLite could not be loaded by way of"
                + " '%1$s/blocked/native': a file is in its place"),
        arguments(
            "git.signing_key=/no/key",
            nothing(),
            "could not sign with the key '/no/key': there is no such file; see git.signing_key"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void areOneSentence(String setting, Preparation preparation, String expected) throws Exception {
    preparation.in(folder);

    Shell.Result result = run("--set", setting.formatted(folder));

    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).startsWith(expected.formatted(folder));
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(2);
  }

  /** A second avatar on one {@code state_dir} once printed hundreds of lines, and ended with 4. */
  @Test
  void nameTheAvatarThatUsesTheStateDirectory() throws IOException {
    Path state = folder.toRealPath().resolve("state");
    try (var other = SqliteJournal.open(state)) {
      Shell.Result result = run();

      assertThat(result.err())
          .isEqualTo(
              "could not use the state directory '"
                  + state
                  + "': an avatar is using it (this process); stop that one, or give this one"
                  + " another avatar.state_dir\n");
      assertThat(result.exitCode()).isEqualTo(2);
    }
  }

  private Shell.Result run(String... more) {
    Object[] all = Stream.concat(Stream.of("run", "--config", config), Stream.of(more)).toArray();
    return assertTimeoutPreemptively(Duration.ofSeconds(20), () -> new Shell().run(all));
  }

  private static Preparation nothing() {
    return folder -> {};
  }

  private static Preparation writing(String file) {
    return folder -> {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "not what an avatar expects here, and rather long ".repeat(20));
    };
  }

  private static void makeNewer(Path folder) throws Exception {
    Path state = folder.resolve("newer");
    SqliteJournal.open(state).close();
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("journal.db"));
        var statement = database.createStatement()) {
      statement.executeUpdate("PRAGMA user_version = 99");
    }
  }
}

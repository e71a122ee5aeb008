package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.console.PlainView;
import io.numa.avatar.run.secret.Redactor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LoggingTest {
  private static final Logger log = LoggerFactory.getLogger("io.numa.avatar.LoggingTest");
  private static final String TOKEN = "t0ken-of-the-backend";

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void silence() {
    Logging.silence();
  }

  @Test
  void hidesSecretsWhereverInAnEventTheyAre() throws IOException {
    var cause = new IOException("header 'Bearer " + TOKEN + "'", new IOException("t: " + TOKEN));

    try (var way = to(configuration("logs: {file: logs/avatar.log}"));
        var task = MDC.putCloseable("task", "7-" + TOKEN)) {
      log.warn(
          "could not reach {}", "https://" + TOKEN + "@host", new IllegalStateException(cause));
    }

    String file = Files.readString(folder.resolve("logs/avatar.log"));
    assertThat(String.join("\n", said))
        .doesNotContain(TOKEN)
        .startsWith("WARN  could not reach https://***@host\n")
        .contains("IllegalStateException");
    assertThat(file)
        .doesNotContain(TOKEN)
        .contains(
            " WARN  ["
                + Thread.currentThread().getName()
                + "] LoggingTest task=7-***: could not reach https://***@host\n")
        .contains("Caused by: java.io.IOException: header 'Bearer ***'\n")
        .contains("Caused by: java.io.IOException: t: ***\n");
  }

  @Test
  void writesAnObjectALineThatNamesTheTaskAndHidesSecrets() throws IOException {
    var out = new StringWriter();
    var view = new PlainView(new PrintWriter(out), Clock.systemUTC());
    Configuration configuration = configuration("logs: {file: avatar.log, format: json}");

    try (var way = Logging.to(view, configuration, Redactor.of(configuration.secrets()));
        var task = MDC.putCloseable("task", "7");
        var stage = MDC.putCloseable("stage", "clone")) {
      log.warn("no \u001b[2J\"{}\"\ntwo", TOKEN, new IllegalStateException("t: " + TOKEN));
    }

    List<String> lines = Files.readAllLines(folder.resolve("avatar.log"));
    assertThat(lines).hasSize(1).allSatisfy(line -> assertThat(line).doesNotContain(TOKEN));
    assertThat(out.toString().lines()).containsExactlyElementsOf(lines);
    JsonNode event = new ObjectMapper().readTree(lines.get(0));
    assertThat(Instant.parse(event.path("time").asText())).isBefore(Instant.now());
    assertThat(event.path("level").asText()).isEqualTo("WARN");
    assertThat(event.path("logger").asText()).isEqualTo("io.numa.avatar.LoggingTest");
    assertThat(event.path("task").asText()).isEqualTo("7");
    assertThat(event.path("stage").asText()).isEqualTo("clone");
    assertThat(event.has("attempt")).isFalse();
    assertThat(event.path("message").asText()).isEqualTo("no \"***\"\ntwo");
    assertThat(event.path("exception").asText()).contains("IllegalStateException: t: ***\n");
  }

  /** A server's words may look like an event. */
  @Test
  void indentsFurtherLinesAndTakesOutEscapes() throws IOException {
    try (var way = to(configuration("logs: {file: logs/avatar.log}"))) {
      log.warn("refused: {}", "no\u001b[2J\r2026-01-02 ERROR forged\u0085t\u001b[Kwo");
    }

    assertThat(Files.readAllLines(folder.resolve("logs/avatar.log")))
        .satisfiesExactly(
            line -> assertThat(line).endsWith("refused: no"),
            line -> assertThat(line).isEqualTo("  2026-01-02 ERROR forged"),
            line -> assertThat(line).isEqualTo("  two"));
  }

  @Test
  void beginsANewFileWhenOneIsLargeAndKeepsAFew() throws IOException {
    try (var way = to(configuration("logs: {file: logs/avatar.log, max_size: 2KiB, keep: 2}"))) {
      for (int i = 0; i < 200; i++) {
        log.warn("line {} of a log that is long enough to be cut into some files", i);
      }
    }

    try (var files = Files.list(folder.resolve("logs"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("avatar.log", "avatar.log.1", "avatar.log.2");
    }
    assertThat(Files.size(folder.resolve("logs/avatar.log.1"))).isBetween(2048L, 4096L);
    assertThat(said).hasSize(200);
  }

  @Test
  void goesOnWithTheFileThatIsThere() throws IOException {
    Configuration configuration = configuration("logs: {file: avatar.log}");
    for (String word : List.of("first", "second")) {
      try (var way = to(configuration)) {
        log.warn(word);
      }
    }

    assertThat(Files.readString(folder.resolve("avatar.log"))).contains(": first\n", ": second\n");
  }

  @Test
  void writesNoFileWhereNoneIsNamed() throws IOException {
    try (var way = to(configuration(""))) {
      log.info("hello");
    }

    assertThat(said).containsExactly("INFO  hello");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("config.yaml"));
    }
  }

  @Test
  void refusesAFileThatCannotBeWritten() throws IOException {
    Configuration configuration = configuration("logs: {file: config.yaml/avatar.log}");

    assertThatThrownBy(() -> to(configuration))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "could not open the log file '%s': see that logs.file can be written",
            folder.resolve("config.yaml/avatar.log"));
  }

  @Test
  void refusesAFileThatCouldNotGiveWayToANewOne() throws IOException {
    Configuration configuration = configuration("logs: {file: a%b.log}");

    assertThatThrownBy(() -> to(configuration))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("a%b.log': its path must not have a '%'");
  }

  private Logging.Way to(Configuration configuration) {
    return Logging.asText(said::add, configuration, Redactor.of(configuration.secrets()));
  }

  private Configuration configuration(String more) throws IOException {
    Path file = folder.resolve("config.yaml");
    Files.writeString(
        file,
        """
        backend: {url: "http://localhost:7301", api_token: "%s"}
        git: {username: me, email: me@example.com}
        avatar: {id: a1}
        %s
        """
            .formatted(TOKEN, more));
    return ConfigLoader.load(file, Map.of(), Map.of("HOME", "/home/me"), Purpose.RUN)
        .configuration();
  }
}
